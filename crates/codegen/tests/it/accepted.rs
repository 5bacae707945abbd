//! Each contract that the check accepts builds, is documented, and decodes what it describes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use processing_results_contract::{Document, diff, drift, wire};
use serde_json::{Value, json};

use crate::legal;
use crate::needed::strangest;
use crate::project::{Project, repository};
use crate::random::{Chance, KINDS, edit};
use crate::recipe::generate;

/// How many random edits are built, in about a minute. `ACCEPTED_EDITS` sets another number.
const EDITS: usize = 24;

/// How many random edits are tried for one that the check accepts.
const MAX_TRIES: usize = 400;

/// Reads a response with each package, and prints a line about each.
const PROGRAM: &str = r#"
macro_rules! decode {
    ($name:ident, $text:expr) => {
        match ::serde_json::from_str::<$name::types::ItemProcessingResults>($text) {
            Ok(history) => {
                let read: ::serde_json::Value = ::serde_json::from_str($text).unwrap();
                let is_whole = ::serde_json::to_value(&history).unwrap() == read;
                let jobs = history.results().iter().map(|result| result.job());
                let typed = jobs.filter(|job| !matches!(job, $name::Job::Other(_))).count();
                format!("{is_whole} {typed} {}", history.masked())
            }
            Err(error) => format!("does not decode: {error}"),
        }
    };
}
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(path).unwrap();
        // lines
    }
    // more
}
"#;

/// A contract that the check accepts, and what is generated from it.
struct Edited {
    what: String,
    document: Document,
    generated: [String; 3],
}

/// What was accepted so far, and what is wrong with it.
#[derive(Default)]
struct Accepted {
    contract: String,
    edits: Vec<Edited>,
    wrong: Vec<String>,
    seen: BTreeSet<String>,
}

impl Accepted {
    /// Takes an edit in, if the check accepts it and nothing was generated that is the same.
    fn take(&mut self, what: &str, text: &str) -> bool {
        let Ok(document) = Document::parse("api.yaml", text) else {
            return false;
        };
        if !document.check().is_empty() {
            return false;
        }
        let what = format!("{what}: {}", first_difference(&self.contract, text));
        let original = Document::parse("api.yaml", &self.contract).unwrap();
        self.wrong
            .extend(misjudged(&original, &document).map(|said| format!("{what}: {said}")));
        match generate(&document, text) {
            Ok(generated) if self.seen.insert(generated[0].clone()) => {
                self.edits.push(Edited {
                    what,
                    document,
                    generated,
                });
                true
            }
            Ok(_) => false,
            Err(said) => {
                self.wrong.push(format!("{what}: {said}"));
                false
            }
        }
    }

    #[track_caller]
    fn must_take(&mut self, what: &str, text: &str) {
        must_pass(what, text);
        assert!(self.take(what, text), "{what}: {:?}", self.wrong);
    }

    fn named(&self, numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
        numbers
            .into_iter()
            .map(|number| format!("e{number} is {}", self.edits[number].what))
            .collect()
    }
}

#[track_caller]
fn must_pass(what: &str, text: &str) {
    let findings = Document::parse("api.yaml", text)
        .map_or_else(|findings| findings, |document| document.check());
    assert_eq!(findings, [], "{what}");
}

fn first_difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let at = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let line = |lines: &[&str]| lines.get(at).copied().unwrap_or_default().trim().to_owned();
    format!("line {}, {:?} became {:?}", at + 1, line(&old), line(&new))
}

/// What is on the wire: the paths with their JSON types. Formats, and values of an open enum, change no byte.
fn on_the_wire(document: &Document) -> BTreeSet<String> {
    const WORDS: [&str; 9] = [
        "required", "optional", "nullable", "string", "integer", "number", "boolean", "object",
        "array",
    ];
    let listing = wire::listing(document);
    let lines = listing.lines().filter(|line| {
        !line.starts_with("openapi ") && !line.starts_with("version ") && !line.contains(" = ")
    });
    let bare = lines.map(|line| match line.split_once(": ") {
        Some((path, words)) => {
            let words = words.split([' ', ',']).filter(|word| WORDS.contains(word));
            format!("{path}: {}", words.collect::<Vec<_>>().join(" "))
        }
        // Behind the URL is the region, behind the path the name in Rust, and whether it is deprecated.
        None if line.starts_with("server ") || line.starts_with("GET ") => {
            line.split(' ').take(2).collect()
        }
        None => line.to_owned(),
    });
    bare.collect()
}

/// What `diff` gets wrong about an accepted edit.
fn misjudged(old: &Document, new: &Document) -> Option<String> {
    let changes = diff::compare(old, new);
    let unknown = changes
        .iter()
        .find(|change| change.reason.contains("not classified"));
    if let Some(change) = unknown {
        return Some(change.to_string());
    }
    let (before, after) = (on_the_wire(old), on_the_wire(new));
    let silent = before != after
        && changes
            .iter()
            .all(|change| change.wire() == diff::Wire::None);
    silent.then(|| {
        let lines: Vec<&String> = before.symmetric_difference(&after).take(4).collect();
        let said: Vec<String> = changes.iter().map(ToString::to_string).collect();
        format!("the wire changes, and diff says {said:#?}: {lines:#?}")
    })
}

/// What became of each response in each package: it is read if the contract describes it, and nothing of it is lost.
fn undecoded(accepted: &Accepted, responses: &[PathBuf], said: &str) -> Vec<String> {
    let mut lines = said.lines();
    let mut wrong = Vec::new();
    for path in responses {
        let response: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let typed = |line: &str| {
            line.split(' ')
                .nth(1)
                .and_then(|count| count.parse::<usize>().ok())
        };
        let mut original = None;
        for edit in &accepted.edits {
            let line = lines.next().unwrap_or("nothing");
            let typed = typed(line);
            let original = *original.get_or_insert(typed);
            let is_described =
                drift::inspect(&edit.document, &response).is_ok_and(|drifts| drifts.is_empty());
            let decodes = line.starts_with("true ") && typed >= original;
            if is_described && !decodes || line.starts_with("false ") {
                wrong.push(format!("{} of {}: {line}", path.display(), edit.what));
            }
        }
    }
    wrong
}

#[test]
fn whatever_the_check_accepts_builds_is_documented_and_decodes() {
    let Some(root) = repository() else { return };
    let contract = std::fs::read_to_string(root.join("openapi/processing-results.yaml")).unwrap();
    let mut accepted = Accepted {
        contract: contract.clone(),
        ..Accepted::default()
    };
    accepted.must_take("the contract", &contract);
    accepted.must_take("another job type and region", &legal::extended(&contract));
    accepted.must_take("legal edits", &legal::all(&contract));
    accepted.must_take("all that may be edited", &strangest(&contract));
    accepted.must_take(
        "objects that are called as others",
        &legal::named(&contract, false),
    );
    accepted.must_take(
        "enums that are called as others",
        &legal::named(&contract, true),
    );
    given(&mut accepted);
    random(&mut accepted);
    assert!(
        accepted.wrong.is_empty(),
        "{} wrong: {:#?}",
        accepted.wrong.len(),
        accepted.wrong
    );
    build(&root, &accepted);
}

/// Takes each document of the directory that `ACCEPTED_FILES` names; the check has to accept it.
fn given(accepted: &mut Accepted) {
    let Some(directory) = std::env::var_os("ACCEPTED_FILES") else {
        return;
    };
    let files = std::fs::read_dir(directory).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let what = file.display().to_string();
        must_pass(&what, &text);
        // What is generated as for another one is built with that one.
        accepted.take(&what, &text);
    }
}

fn random(accepted: &mut Accepted) {
    let wanted = std::env::var("ACCEPTED_EDITS").ok();
    let wanted = wanted.and_then(|text| text.parse().ok()).unwrap_or(EDITS);
    let contract = accepted.contract.clone();
    let mut chance = Chance(20_261_127);
    for kind in (0..wanted).map(|number| number % KINDS) {
        let mut tries = (0..MAX_TRIES).map(|_| edit(&contract, kind, &mut chance));
        tries.find(|text| accepted.take("an edit", text));
    }
}

fn build(root: &Path, accepted: &Accepted) {
    let numbers = || 0..accepted.edits.len();
    let line = |number| format!("println!(\"{{}}\", decode!(e{number}, &text));\n        ");
    let program = PROGRAM.replace("// lines", &numbers().map(line).collect::<String>());
    let program = program.replace("// more", legal::PROGRAM);
    let generated: Vec<_> = accepted
        .edits
        .iter()
        .map(|edit| edit.generated.clone())
        .collect();
    let project = Project::new(root, &generated, &program);
    let of = |said: &str| {
        let is_named = |number: &usize| {
            said.contains(&format!("e{number}/")) || said.contains(&format!("`e{number}`"))
        };
        accepted.named(numbers().filter(is_named))
    };
    for result in [project.build(), project.document()] {
        result.unwrap_or_else(|said| panic!("{said}\n{:#?}", of(&said)));
    }
    let examples = ["documented", "history", "drift"];
    let responses = examples.map(|name| root.join(format!("openapi/examples/{name}.json")));
    let said = project
        .decode(&responses)
        .unwrap_or_else(|said| panic!("{said}\n{:#?}", of(&said)));
    let (lines, more) = said.split_once(legal::MORE).unwrap();
    let wrong = undecoded(accepted, &responses, lines);
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(more.trim(), legal::SHOWN);
}

#[test]
fn drift_looks_into_the_configuration_of_a_new_job_type() {
    let Some(root) = repository() else { return };
    let contract = std::fs::read_to_string(root.join("openapi/processing-results.yaml")).unwrap();
    let document = Document::parse("edited", &legal::extended(&contract)).unwrap();
    let response = json!({"item_id": "a", "item_name": "a", "processing_results": [{
        "item_id": "a", "result_id": "r", "job_type": "extract", "parameters_hash": "h", "output_s3_path": "",
        "job_config": {"extraction_target": 7, "new": 1}, "processed_at": "2026-01-02T03:04:05"
    }]});
    let drifts = drift::inspect(&document, &response).unwrap();
    let places: Vec<_> = drifts.iter().map(|drift| drift.place.as_str()).collect();
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(
        places.iter().all(|place| place.contains("Extract")),
        "{places:?}"
    );
}
