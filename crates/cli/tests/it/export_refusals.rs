//! `export` refuses what cannot be meant, and says why.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::exporting::{Files, Mock, id, ids, lines};
use crate::serving::Directory;
use crate::support::{Run, command, run};

#[test]
fn what_is_there_is_not_written_over_unless_requested() {
    let mock = Mock::with_items(4, Duration::ZERO);
    let directory = Directory::new("export-there");
    directory.write("out.ndjson", "precious\n");
    let out = directory.0.join("out.ndjson");
    let name = out.to_str().unwrap();
    let refused = mock.run(&["item-1", "--out", name]);
    assert_eq!(refused.code, Some(2));
    assert_eq!(
        refused.stderr,
        format!("error: {name} exists already; --force overwrites it\n")
    );
    // A file without an end of line is no list of failures, and is not read to its end to see that.
    let list = directory.0.join("out.ndjson.errors.ndjson");
    let file = fs::File::create(&list).unwrap();
    file.set_len(1 << 40).unwrap();
    let forced = mock.run(&["item-1", "--out", name, "--force"]);
    assert_eq!(forced.code, Some(2), "{}", forced.stderr);
    fs::remove_file(&list).unwrap();
    let whole = mock.run(&["item-1", "--out", name, "--resume"]);
    assert_eq!(
        (whole.code, whole.stderr),
        (
            Some(0),
            format!(
                "note: {name} has no unfinished export beside it: there is nothing to resume; --force exports all items again\n"
            )
        )
    );
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious\n");
    assert_eq!(
        mock.run(&["item-1", "--out", name, "--force"]).code,
        Some(0)
    );
    assert_eq!(
        fs::read_to_string(&out).unwrap(),
        mock.run(&["item-1"]).stdout
    );
    assert_eq!(
        fs::read_dir(&directory.0).unwrap().count(),
        1,
        "nothing else is left"
    );
    let device = mock.run(&["item-1", "--out", "/dev/null", "--resume"]);
    assert_eq!(device.code, Some(2));
    assert!(
        device.stderr.contains("--resume wants a file"),
        "{}",
        device.stderr
    );
}

#[test]
fn a_key_that_is_not_accepted_ends_it_at_once() {
    let mock = Mock::with_items(50, Duration::from_millis(1));
    let files = Files::new("export-key", &ids(50), "out.ndjson");
    let output = mock
        .export(&files.args(&[]))
        .env("LLAMA_CLOUD_API_KEY", "llx-other")
        .output()
        .unwrap();
    let refused = Run::from(output);
    assert_eq!(refused.code, Some(3));
    assert!(
        refused
            .stderr
            .starts_with("error: the service does not accept"),
        "{}",
        refused.stderr
    );
    assert_eq!(refused.stderr.lines().count(), 1);
    assert!(!files.out.exists());
    assert_eq!(mock.run(&files.args(&["--resume"])).code, Some(0));
    assert_eq!(
        lines(&fs::read_to_string(&files.out).unwrap()).len(),
        (0..50).map(|n| n % 4).sum::<usize>()
    );
    assert!(fs::read_to_string(&files.out).unwrap().contains(&id(49)));
}

#[test]
fn a_reader_that_has_enough_ends_it_quietly() {
    let mock = Mock::with_items(40, Duration::from_millis(1));
    let directory = Directory::new("export-pipe");
    directory.write("ids", &ids(40));
    let items = directory.0.join("ids");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut export = mock.export(&["--items", items.to_str().unwrap()]);
    let output = export
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn parquet_wants_a_file() {
    let run = run(&["export", "invoice-0001", "--demo", "-o", "parquet"]);
    assert_eq!(run.code, Some(2));
    let expected = match cfg!(feature = "parquet") {
        true => "error: Parquet is written to a file: give one with --out\n",
        false => "error: this command was built without the feature `parquet`: ",
    };
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1);
}

#[test]
fn ids_that_cannot_be_read_are_named() {
    let directory = Directory::new("export-ids");
    fs::write(directory.0.join("ids"), b"invoice-0001\n\xff\n").unwrap();
    let items = directory.0.join("ids");
    let mut export = command(&["export", "--demo", "--items", items.to_str().unwrap()]);
    let run = Run::from(export.output().unwrap());
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stdout, "", "it is read before anything is fetched");
    assert!(
        run.stderr.contains("ids, line 2 cannot be read"),
        "{}",
        run.stderr
    );
}

#[test]
#[cfg(unix)]
fn a_link_in_the_place_of_the_unfinished_export_is_refused_before_any_work() {
    let mock = Mock::with_items(4, Duration::ZERO);
    let files = Files::new("export-part-link", &ids(4), "out.ndjson");
    fs::create_dir(files.directory.0.join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", files.part()).unwrap();
    for more in [&["--resume"][..], &["--force"]] {
        let run = mock.run(&files.args(more));
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        let says = "out.ndjson.part exists, and is not a directory\n";
        assert!(run.stderr.ends_with(says), "{}", run.stderr);
        assert!(!files.out.exists());
    }
}

#[test]
fn files_of_an_unfinished_export_have_no_other_role() {
    let mock = Mock::with_items(4, Duration::ZERO);
    let files = Files::new("export-within", "item-1\nnobody\n", "out.ndjson");
    fs::create_dir(files.part()).unwrap();
    fs::write(files.part().join("rows"), "item-1\n").unwrap();
    let within = format!("{}/./out.ndjson.part/rows", files.directory.path());
    let out = files.out.to_str().unwrap();
    for args in [
        &["item-1", "--out", out, "--force", "--errors", &within][..],
        &["--items", &within, "--out", out, "--force"],
    ] {
        let run = mock.run(args);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        let says = "rows is part of this export\n";
        assert!(run.stderr.ends_with(says), "{}", run.stderr);
        assert_eq!(fs::read_to_string(&within).unwrap(), "item-1\n");
    }
}

#[test]
#[cfg(unix)]
fn a_file_behind_a_stream_is_not_written_while_it_is_read() {
    let directory = Directory::new("roles");
    directory.write("ids", "invoice-0001\n");
    let ids = directory.0.join("ids");
    let shell = |script: &str| -> Run {
        let mut shell = std::process::Command::new("sh");
        let command = command(&[]);
        let output = shell
            .args(["-c", script])
            .arg(command.get_program())
            .arg(&ids);
        output.output().unwrap().into()
    };
    for script in [
        r#""$0" export --demo --items - --out "$1" --force <"$1""#,
        r#""$0" export --demo - --out "$1" --force <"$1""#,
        r#""$0" export --demo --items "$1" >>"$1""#,
        r#""$0" duplicates --demo --items "$1" >>"$1""#,
        r#""$0" duplicates --from "$1" >>"$1""#,
        r#""$0" duplicates --demo - <"$1" >>"$1""#,
        r#""$0" report --demo --items "$1" --out - >>"$1""#,
        r#""$0" report --demo - --out "$1" <"$1""#,
        r#""$0" export --demo a --out "$1" --force --errors "$1.part""#,
    ] {
        let run = shell(script);
        assert_eq!(run.code, Some(2), "{script}: {}", run.stderr);
        let says = ["choose another file", "is part of this export"];
        assert!(
            says.iter().any(|says| run.stderr.contains(says)),
            "{script}: {}",
            run.stderr
        );
        assert_eq!(
            fs::read_to_string(&ids).unwrap(),
            "invoice-0001\n",
            "{script}"
        );
    }
}
