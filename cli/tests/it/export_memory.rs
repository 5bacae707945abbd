//! `export` takes no more memory for many items than for few.

use std::fs;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use crate::exporting::{Mock, ids};
use crate::serving::Folder;

/// The most memory that it has had, in KiB, and the time that it took.
fn peak(mock: &Mock, count: usize, name: &str) -> (u64, Duration) {
    let folder = Folder::new(&format!("export-memory-{name}"));
    folder.write("ids", &ids(count));
    let (items, out) = (folder.0.join("ids"), folder.0.join(name));
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

#[test]
fn ten_times_the_items_take_the_same_memory() {
    let mock = Mock::with_items(5_000, Duration::ZERO);
    let [few, many] = [500, 5_000].map(|count| peak(&mock, count, "out.ndjson").0);
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
