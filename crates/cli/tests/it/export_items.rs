//! `export`: where ids come from, what form they have, and what ends a list that is none.

use std::fs;
use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use serde_json::json;

use crate::exporting::{Files, Mock, ids, lines};
use crate::serving::Directory;
use crate::support::{Run, command, fifo, run, stops};

fn results(count: usize) -> usize {
    (0..count).map(|number| number % 4).sum()
}

#[test]
fn every_form_of_a_list_has_the_same_items() {
    let mock = Mock::with_items(3, Duration::ZERO);
    let directory = Directory::new("items-forms");
    let plain = mock.run(&["item-0", "item-1", "item-2"]).stdout;
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        let text = ids(3);
        let units = text.encode_utf16().flat_map(bytes);
        mark.into_iter().chain(units).collect::<Vec<u8>>()
    };
    let forms = [
        ids(3).into_bytes(),
        format!("\u{feff}{}", ids(3).replace('\n', "\r\n")).into_bytes(),
        utf16([0xff, 0xfe], u16::to_le_bytes),
        utf16([0xfe, 0xff], u16::to_be_bytes),
        b"name,Item ID\nx,item-0\ny,item-1\nz,item-2\n".to_vec(),
        b"sep=;\r\nname;item_id\r\n\"x;\n\"\"y\";item-0\r\n;item-1\r\nz;item-2".to_vec(),
        br#"["item-0", "item-1", "item-2"]"#.to_vec(),
        br#"{"items": [{"item_id": "item-0"}, {"item_id": "item-1"}, {"item_id": "item-2"}]}"#
            .to_vec(),
        b"{\"item_id\": \"item-0\"}\n{\"item_id\": \"item-1\"}\n{\"item_id\": \"item-2\"}\n"
            .to_vec(),
        b"{\"items\": [{\"item_id\": \"item-0\"}, {\"item_id\": \"item-1\"}], \"next_page_token\": \"t\"}\n\
        {\"items\": [{\"item_id\": \"item-2\"}]}\n{\"items\": []}\n"
            .to_vec(),
        // Longer than a line may be elsewhere.
        format!(
            "[{{\"item_id\": \"item-0\", \"text\": \"{}\"}}, \"item-1\", \"item-2\"]",
            "x".repeat(17 << 20)
        )
        .into_bytes(),
    ];
    for form in forms {
        let path = directory.0.join("ids");
        fs::write(&path, &form).unwrap();
        let run = mock.run(&["--items", path.to_str().unwrap()]);
        let shown = String::from_utf8_lossy(&form[..form.len().min(200)]);
        assert_eq!((run.code, run.stdout), (Some(0), plain.clone()), "{shown}");
    }
    let path = directory.0.join("ids");
    let nested = json!({"data": {"rows": [
        {"item": {"id": "item-0"}}, {"item": {"id": "item-1"}}, {"item": {"id": "item-2"}},
    ]}, "errors": []});
    for text in [nested.to_string(), format!("{nested:#}")] {
        fs::write(&path, &text).unwrap();
        let run = mock.run(&["--items", path.to_str().unwrap()]);
        assert_eq!((run.code, &run.stdout), (Some(0), &plain), "{text}");
        let said = run.stderr.matches("are at data.rows[].item.id\n").count();
        assert_eq!(said, 1, "{}", run.stderr);
    }
    directory.write("ids", "item_id,key\nx,item-0\n");
    let path = directory.0.join("ids");
    let chosen = mock.run(&["--items", path.to_str().unwrap(), "--items-column", "key"]);
    assert_eq!(chosen.code, Some(0), "{}", chosen.stderr);
    for (text, code) in [("key\nitem-0\n", 0), ("item-0\nitem-1\n", 2)] {
        directory.write("ids", text);
        let run = mock.run(&["--items", path.to_str().unwrap(), "--items-column", "key"]);
        assert_eq!(run.code, Some(code), "{text}: {}", run.stderr);
    }
}

#[test]
fn what_is_no_list_is_refused_before_any_call() {
    let directory = Directory::new("items-none");
    for (text, says) in [
        (
            "name,size\nitem-1,3\n",
            "no column with item ids among name, size",
        ),
        (
            "{\"a\": 1}\n{\"a\": 2}\n",
            "no member with item ids among a",
        ),
        ("item-1\nitem-2,x\n", "line 2 is no item id"),
        ("item-1\n\u{1b}[31m\n", "line 2 has control characters"),
        (
            "item_id,name\nitem-1,x\nitem-2,\"y\nitem-3,z\n",
            "line 3 has a quote that does not end",
        ),
        ("- item-1\n- item-2\n", "line 1 has a bullet before it"),
        ("item        name\nitem-1      x\n", "line 1 is no item id"),
        (
            "item-1\nitem-2\u{200b}\n",
            "line 2 has invisible characters",
        ),
        (
            r#"{"files": [{"id": "a"}], "users": [{"id": "b"}]}"#,
            "at files[].id or at users[].id",
        ),
        (
            "{\"data\": {\"name\": 1},\n\"errors\": []}",
            "has no member with item ids among data, errors",
        ),
        ("<!doctype html><title>x</title>", "is HTML or XML"),
    ] {
        directory.write("ids", text);
        let path = directory.0.join("ids");
        // Nobody listens there.
        let mut export = command(&["export", "--base-url", "http://127.0.0.1:1"]);
        export.args(["--items", path.to_str().unwrap()]);
        let run = Run::from(export.env("LLAMA_CLOUD_API_KEY", "llx-x").output().unwrap());
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(says), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1);
    }
    let none = run(&["export"]);
    assert_eq!(none.code, Some(2));
    assert!(none.stderr.contains("--items FILE"), "{}", none.stderr);
    let mixed = run(&["export", "--demo", "-", "x"]);
    assert!(
        mixed.stderr.contains("leave out the others"),
        "{}",
        mixed.stderr
    );
}

#[test]
fn the_demo_has_all_its_items_unless_some_are_named() {
    let run = run(&["export", "--demo"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let rows = lines(&run.stdout);
    assert!(rows.iter().any(|row| row["item_id"] == "invoice-0001"));
    assert!(rows.iter().all(|row| row["item_id"] != "item_id"));
}

#[test]
#[cfg(unix)]
fn a_named_pipe_is_read_once() {
    let mock = Mock::with_items(9, Duration::ZERO);
    for (name, more) in [("out.ndjson", &[][..]), ("out.csv", &["--resume"])] {
        let files = Files::new("items-fifo", "", name);
        fs::remove_file(&files.items).unwrap();
        fifo(&files.items);
        let child = mock.spawn(&files.args(more));
        let mut pipe = fs::File::options().write(true).open(&files.items).unwrap();
        pipe.write_all(ids(9).as_bytes()).unwrap();
        drop(pipe);
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let header = usize::from(name == "out.csv");
        let rows = fs::read_to_string(&files.out).unwrap().lines().count();
        assert_eq!(rows, results(9) + header);
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_without_a_writer_hears_signals() {
    let mock = Mock::with_items(1, Duration::ZERO);
    let files = Files::new("items-silent", "", "out.ndjson");
    fs::remove_file(&files.items).unwrap();
    fifo(&files.items);
    let child = mock.spawn(&files.args(&[]));
    std::thread::sleep(Duration::from_millis(500));
    stops(child, "INT", 130);
}

#[test]
fn a_line_without_end_does_not_take_all_memory() {
    let files = Files::new("items-endless", "", "out.ndjson");
    let file = fs::File::create(&files.items).unwrap();
    file.set_len(1 << 31).unwrap();
    let run = Mock::at("http://127.0.0.1:1".to_owned()).run(&files.args(&[]));
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("line 1"), "{}", run.stderr);
    // Nor does an export without line breaks that is read again.
    fs::write(&files.items, "{").unwrap();
    let file = fs::File::options().append(true).open(&files.items);
    file.unwrap().set_len(1 << 40).unwrap();
    let run = crate::support::run(&["duplicates", "--from", files.items.to_str().unwrap()]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("longer than 256 MiB"), "{}", run.stderr);
}

#[test]
fn a_list_of_which_nothing_exists_ends_soon_and_says_so() {
    let mock = Mock::with_items(1, Duration::ZERO);
    let wrong: String = (0..500).map(|number| format!("row {number}\n")).collect();
    let files = Files::new("items-wrong", &wrong, "out.ndjson");
    let run = mock.run(&files.args(&[]));
    assert_eq!(run.code, Some(4), "{}", run.stderr);
    assert!(
        run.stderr.contains("none of the first 20 items exists"),
        "{}",
        run.stderr
    );
    assert!(!files.out.exists());
}

#[test]
fn an_outage_ends_it_and_what_is_done_is_kept() {
    let mock = Mock::start(|server| {
        let items = (0..50).map(crate::exporting::item);
        let server = items.fold(server, |server, item| server.with_item(item));
        (10..200).fold(server, |server, number| {
            server.respond_to(&format!("item-{number}"), [503])
        })
    });
    let files = Files::new("items-outage", &ids(50), "out.ndjson");
    let stopped = mock.run(&files.args(&["--concurrency", "1"]));
    assert_eq!(stopped.code, Some(5), "{}", stopped.stderr);
    assert!(
        stopped.stderr.contains("20 items in a row failed"),
        "{}",
        stopped.stderr
    );
    assert!(
        stopped.stderr.contains("done so far: 10 items"),
        "{}",
        stopped.stderr
    );
    let mut report = command(&["duplicates", "--base-url", &mock.url, "--max-retries", "0"]);
    report
        .args(["--items", files.items.to_str().unwrap()])
        .env("LLAMA_CLOUD_API_KEY", "llx-mock-key");
    let run = Run::from(report.stderr(Stdio::piped()).output().unwrap());
    assert!(matches!(run.code, Some(5 | 7)), "{}", run.stderr);
}

/// More ids than fit into a pipe.
fn large(count: usize) -> Mock {
    Mock::start(move |server| {
        let items = (0..count).map(|number| {
            let mut item = crate::exporting::item(number * 4 + 1);
            item["item_id"] = format!("item-{number}").into();
            item["processing_results"][0]["job_config"]["parameters"]["user_prompt"] =
                "x".repeat(200_000).into();
            item
        });
        items.fold(server, |server, item| server.with_item(item))
    })
}

#[test]
fn a_reader_that_pauses_fails_no_item() {
    let mock = large(40);
    let files = Files::new("items-pause", &ids(40), "unused");
    let items = files.items.to_str().unwrap();
    let args = ["--items", items, "--timeout", "1s", "--max-retries", "0"];
    let mut child = mock.spawn(&args);
    std::thread::sleep(Duration::from_millis(2_500));
    let mut rows = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().unwrap(), &mut rows).unwrap();
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(lines(&rows).len(), 40);
}

#[test]
#[cfg(unix)]
fn standard_output_that_does_not_block_is_waited_for() {
    let mock = large(40);
    let files = Files::new("items-nonblocking", &ids(40), "unused");
    let (mut reader, writer) = std::io::pipe().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let writer = runtime.block_on(async {
        let pipe = tokio::net::unix::pipe::Sender::from_owned_fd(writer.into()).unwrap();
        pipe.into_nonblocking_fd().unwrap()
    });
    let mut export = mock.export(&["--items", files.items.to_str().unwrap()]);
    let child = export
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(export);
    std::thread::sleep(Duration::from_millis(500));
    let mut rows = String::new();
    std::io::Read::read_to_string(&mut reader, &mut rows).unwrap();
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(lines(&rows).len(), 40);
}

#[test]
#[cfg(unix)]
fn a_pipe_that_nobody_reads_hears_signals() {
    let mock = Mock::with_items(1, Duration::ZERO);
    let files = Files::new("items-unread", "item-0\nno-such-item\n", "out.ndjson");
    let pipe = files.directory.0.join("errors");
    fifo(&pipe);
    let child = mock.spawn(&files.args(&["--errors", pipe.to_str().unwrap()]));
    std::thread::sleep(Duration::from_millis(800));
    stops(child, "TERM", 143);
}

#[test]
fn files_that_are_no_text_and_lists_without_ids_are_named() {
    let utf16: Vec<u8> = "item-1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let big: Vec<u8> = "item-1\n"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    for (bytes, code, says) in [
        (
            &b"\x1f\x8b\x08\0"[..],
            2,
            "ids is compressed: decompress it, as in `gzip -dc FILE |",
        ),
        (b"\x28\xb5\x2f\xfd\0", 2, "ids is compressed"),
        (b"PK\x03\x04\0", 2, "ids is a ZIP file or a spreadsheet"),
        (b"PAR1\0", 2, "ids is a Parquet file"),
        (b"%PDF-1.7\n", 2, "ids is a PDF file"),
        (&utf16, 2, "ids is UTF-16 without the mark"),
        (&big, 2, "ids is UTF-16 without the mark"),
        (b"\n\n# nothing\n", 0, "warning: there are no item ids in"),
        (b"", 0, "warning: there are no item ids in"),
        (b"item_id,name\n", 0, "warning: there are no item ids in"),
    ] {
        let directory = Directory::new("ids-foreign");
        std::fs::write(directory.0.join("ids"), bytes).unwrap();
        let path = directory.0.join("ids");
        for command in ["export", "duplicates"] {
            let run = run(&[command, "--demo", "--items", path.to_str().unwrap()]);
            assert_eq!(run.code, Some(code), "{bytes:?}: {}", run.stderr);
            assert!(run.stderr.contains(says), "{bytes:?}: {}", run.stderr);
            let lines = run.stderr.lines().filter(|line| line.contains(says));
            assert_eq!(lines.count(), 1, "{}", run.stderr);
        }
    }
}
