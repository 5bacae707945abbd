//! `export --resume` after kills at random times: the file becomes what it would have been.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::exporting::{Files, Mock, ids, lines};

const ITEMS: usize = 240;
const KILLS: u64 = 10;

/// Times that are told, so that a run can be had again.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap();
        let seed = std::env::var("SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let seed = seed.unwrap_or(now.subsec_nanos().into());
        println!("SEED={seed}");
        Dice(seed)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Kills it again and again, and lets it come to its end at last.
fn killed_and_resumed(name: &str) -> (Files, Files) {
    let mut given = ids(ITEMS);
    given.insert_str(0, "no-such-item\n");
    let mock = Mock::with_items(ITEMS, Duration::from_millis(8));
    let undisturbed = Files::new(&format!("undisturbed-{name}"), &given, name);
    assert_eq!(mock.run(&undisturbed.args(&[])).code, Some(7));

    let killed = Files::new(&format!("killed-{name}"), &given, name);
    let mut dice = Dice::new();
    let mut unfinished = 0;
    for _ in 0..KILLS {
        let mut child = mock.spawn(&killed.args(&["--resume"]));
        thread::sleep(Duration::from_millis(20 + dice.below(130)));
        unfinished += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if killed.out.exists() {
            // It is whole from the first moment on.
            assert_same_rows(&killed.out, &undisturbed.out);
        }
    }
    assert!(unfinished > 0, "no kill came in time");
    let last = mock.run(&killed.args(&["--resume"]));
    assert_eq!(last.code, Some(7), "{}", last.stderr);
    (undisturbed, killed)
}

fn assert_same_rows(one: &Path, other: &Path) {
    assert!(
        fs::read(one).unwrap() == fs::read(other).unwrap(),
        "{} differs",
        one.display()
    );
}

fn assert_same_failures(one: &Files, other: &Files) {
    let [one, other] =
        [one, other].map(|files| lines(&fs::read_to_string(files.errors()).unwrap()));
    assert_eq!(one.len(), 1);
    assert_eq!(other.len(), 1);
    assert_eq!(one[0]["item_id"], other[0]["item_id"]);
}

#[test]
fn killed_at_any_moment_lines_go_on_without_duplicates_or_holes() {
    let (undisturbed, killed) = killed_and_resumed("out.ndjson");
    assert_same_rows(&killed.out, &undisturbed.out);
    assert_same_failures(&killed, &undisturbed);
    let rows = lines(&fs::read_to_string(&killed.out).unwrap());
    assert_eq!(
        rows.len(),
        (0..ITEMS).map(|number| number % 4).sum::<usize>()
    );
}

#[test]
fn killed_at_any_moment_csv_goes_on_without_duplicates_or_holes() {
    let (undisturbed, killed) = killed_and_resumed("out.csv");
    assert_same_rows(&killed.out, &undisturbed.out);
    assert_same_failures(&killed, &undisturbed);
}

#[test]
#[cfg(feature = "parquet")]
fn killed_at_any_moment_parquet_goes_on_without_duplicates_or_holes() {
    let (undisturbed, killed) = killed_and_resumed("out.parquet");
    assert_same_rows(&killed.out, &undisturbed.out);
    assert_same_failures(&killed, &undisturbed);
}
