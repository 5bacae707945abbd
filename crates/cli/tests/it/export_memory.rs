//! `export` needs no more memory for many items than for few.

use std::fs;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::exporting::{Mock, ids, item};
use crate::serving::Directory;

/// Peak memory of an export in KiB, and the time that it took.
fn peak(mock: &Mock, count: usize, name: &str) -> (u64, Duration) {
    let directory = Directory::new(&format!("export-memory-{name}"));
    directory.write("ids", &ids(count));
    let (items, out) = (directory.0.join("ids"), directory.0.join(name));
    let began = Instant::now();
    let mut child = mock.spawn(&[
        "--items",
        items.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(high_water(&child).unwrap_or_default());
        thread::sleep(Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().success());
    assert!(out.exists());
    (peak, began.elapsed())
}

fn high_water(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// Large items: a few thousand of them in memory would be noticed.
fn with_large_items(count: usize) -> Mock {
    Mock::start(move |server| {
        let large = |number| {
            let mut large = item(number);
            large["item_name"] = "x".repeat(8_000).into();
            large["processing_results"] = json!([item(1)["processing_results"][0]]);
            large
        };
        let items = (0..count).map(large);
        items.fold(server, |server, item| server.with_item(item))
    })
}

#[test]
fn ten_times_the_items_take_the_same_memory() {
    let mock = with_large_items(3_000);
    let [few, many] = [300, 3_000].map(|count| peak(&mock, count, "out.ndjson").0);
    println!("{few} KiB, {many} KiB");
    assert!(few > 1_000, "{few} KiB is not to be believed");
    assert!(many * 10 < few * 13, "{few} KiB became {many} KiB");
}

/// `cargo test --release -- --ignored --nocapture memory_at` prints numbers.
#[test]
#[ignore = "takes minutes"]
fn memory_at_a_thousand_ten_thousand_and_a_hundred_thousand_items() {
    let mock = Mock::with_items(100_000, Duration::ZERO);
    for name in ["out.ndjson", "out.csv", "out.parquet"] {
        if name.ends_with("parquet") && !cfg!(feature = "parquet") {
            continue;
        }
        for count in [1_000, 10_000, 100_000] {
            let (peak, took) = peak(&mock, count, name);
            println!(
                "{name}: {count} items, {peak} KiB at most, {:.1} s",
                took.as_secs_f64()
            );
        }
    }
}
