//! `export --resume` after kills at random times: the file is the same as without them.

use std::collections::HashSet;
use std::fs;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::exporting::{Files, Mock, ids, lines};

const ITEMS: usize = 600;
const KILLS: usize = 10;
/// Where little gets done between two kills.
const MOST_KILLS: usize = 40;

/// Times that are printed, so that a run can be repeated.
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

/// Kills an export several times, lets the last run finish, and compares the file with that of an export that was not
/// killed.
fn killed_and_resumed(mock: &Mock, name: &str, mut dice: Dice) {
    let given = "no-such-item\n".to_owned() + &ids(ITEMS);
    let undisturbed = Files::new(&format!("undisturbed-{name}"), &given, name);
    assert_eq!(mock.run(&undisturbed.args(&[])).code, Some(7));

    let killed = Files::new(&format!("killed-{name}"), &given, name);
    let mut kept = Vec::new();
    for kills in 0..MOST_KILLS {
        if kills >= KILLS && different(&kept) > 2 {
            break;
        }
        let mut child = mock.spawn(&killed.args(&["--resume"]));
        // Some at once, most once something is kept.
        let wait = if kills % 3 == 0 {
            20 + dice.below(300)
        } else {
            400 + dice.below(800)
        };
        thread::sleep(Duration::from_millis(wait));
        let is_unfinished = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        kept.extend(is_unfinished.then(|| bytes_kept(&killed)));
        if killed.out.exists() {
            // It is complete from the first moment on.
            assert_same_rows(&killed, &undisturbed);
        }
    }
    println!("{name}: bytes kept after each kill: {kept:?}");
    assert!(different(&kept) > 2, "hardly a kill came in the middle");
    let last = mock.run(&killed.args(&["--resume"]));
    assert_eq!(last.code, Some(7), "{}", last.stderr);
    assert_same_rows(&killed, &undisturbed);
    for files in [&killed, &undisturbed] {
        let failures = lines(&fs::read_to_string(files.errors()).unwrap());
        let ids: Vec<_> = failures.iter().map(|failure| &failure["item_id"]).collect();
        assert_eq!(ids, ["no-such-item"]);
    }
}

fn different(kept: &[u64]) -> usize {
    kept.iter().collect::<HashSet<_>>().len()
}

/// Bytes of rows that the journal knows of.
fn bytes_kept(files: &Files) -> u64 {
    let journal = fs::read_to_string(files.part().join("journal.json"));
    journal.map_or(0, |text| {
        lines(&text)[0]["journal"]["rows"]["bytes"]
            .as_u64()
            .unwrap()
    })
}

fn assert_same_rows(one: &Files, other: &Files) {
    let is_same = fs::read(&one.out).unwrap() == fs::read(&other.out).unwrap();
    assert!(is_same, "{} differs", one.out.display());
}

#[test]
fn killed_at_any_moment_it_goes_on_without_duplicates_or_holes() {
    let mock = Mock::with_items(ITEMS, Duration::from_millis(30));
    let mut names = vec!["out.ndjson", "out.csv"];
    names.extend(cfg!(feature = "parquet").then_some("out.parquet"));
    let mut dice = Dice::new();
    // They mostly wait, so they run at the same time.
    thread::scope(|scope| {
        for name in names {
            let (mock, dice) = (&mock, Dice(dice.below(u64::MAX)));
            scope.spawn(move || killed_and_resumed(mock, name, dice));
        }
    });
}
