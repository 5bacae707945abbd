//! Small random edits to the contract: each is reported, or changes the listing of the wire, or changes nothing.

use super::{Chance, contract};
use processing_results_contract::{Document, diff, drift, show, wire};
use serde_json::Value;

/// Enough to meet each kind of line several times, and done in seconds.
const EDITS: usize = 400;

/// What an edit was, and the text after it.
struct Edited {
    what: String,
    text: String,
}

fn edit(text: &str, chance: &mut Chance) -> Edited {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let index = loop {
        let index = chance.below(lines.len());
        if !lines[index].trim().is_empty() && !lines[index].trim().starts_with('#') {
            break index;
        }
    };
    let old = lines[index].clone();
    let new = match chance.below(7) {
        0 | 1 => change_word(&old, chance, true),
        2 => change_word(&old, chance, false),
        3 => old.replacen("  ", "", 1),
        4 => format!("  {old}"),
        5 => {
            lines.insert(index, old.clone());
            old.clone()
        }
        _ => String::new(),
    };
    match new.is_empty() {
        true => drop(lines.remove(index)),
        false => lines[index].clone_from(&new),
    }
    Edited {
        what: format!("line {}: {old:?} became {new:?}", index + 1),
        text: lines.join("\n") + "\n",
    }
}

/// Takes a letter out of a word, doubles it, or puts another word of the contract in its place.
fn change_word(line: &str, chance: &mut Chance, key: bool) -> String {
    const WORDS: [&str; 12] = [
        "string", "number", "true", "false", "object", "query", "required", "nullable", "format",
        "JobType", "null", "7",
    ];
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let words: Vec<&str> = line
        .split(|letter| !is_word(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let Some(word) = words.get(if key { 0 } else { chance.below(words.len()) }) else {
        return String::new();
    };
    let letter = chance.below(word.chars().count());
    let letters = || word.chars().enumerate();
    let changed: String = match chance.below(3) {
        0 => letters()
            .filter(|(index, _)| *index != letter)
            .map(|(_, letter)| letter)
            .collect(),
        1 => letters()
            .flat_map(|(index, other)| vec![other; 1 + usize::from(index == letter)])
            .collect(),
        _ => WORDS[chance.below(WORDS.len())].to_owned(),
    };
    line.replacen(word, &changed, 1)
}

/// The contract without what only people read. A property may be called `description`.
fn meaning(value: &Value, keys_are_names: bool) -> Value {
    const PROSE: [&str; 6] = [
        "description",
        "summary",
        "title",
        "example",
        "examples",
        "externalDocs",
    ];
    match value {
        Value::Object(map) => {
            let kept = map
                .iter()
                .filter(|(key, _)| keys_are_names || !PROSE.contains(&key.as_str()));
            kept.map(|(key, value)| {
                let names = !keys_are_names
                    && ["properties", "schemas", "paths", "responses"].contains(&key.as_str());
                (key.clone(), meaning(value, names))
            })
            .collect()
        }
        Value::Array(items) => items.iter().map(|item| meaning(item, false)).collect(),
        other => other.clone(),
    }
}

#[test]
fn no_small_edit_changes_the_wire_in_silence() {
    let contract = contract();
    let before = Document::parse("api.yaml", &contract).expect("readable");
    let (listed, meant) = (wire::listing(&before), meaning(&before.to_json(), false));
    let mut chance = Chance(20_261_124);
    let (mut reported, mut listed_anew, mut prose) = (0, 0, 0);
    let mut silent = Vec::new();
    for _ in 0..EDITS {
        let edited = edit(&contract, &mut chance);
        let document = match Document::parse("api.yaml", &edited.text) {
            Ok(document) if document.check().is_empty() => document,
            _ => {
                reported += 1;
                continue;
            }
        };
        if wire::listing(&document) != listed {
            assert!(
                !diff::compare(&before, &document).is_empty(),
                "no change named: {}",
                edited.what
            );
            listed_anew += 1;
        } else if meaning(&document.to_json(), false) == meant {
            prose += 1;
        } else if edited.what.contains("x-default") && !diff::compare(&before, &document).is_empty()
        {
            // A documented default is not on the wire, and `diff` names it.
            prose += 1;
        } else {
            silent.push(edited.what);
        }
    }
    println!("{reported} reported, {listed_anew} listed anew, {prose} prose");
    assert!(silent.is_empty(), "{} silent: {silent:#?}", silent.len());
    assert!(
        [reported, listed_anew, prose]
            .iter()
            .all(|count| *count > EDITS / 50),
        "the edits are too much alike"
    );
}

#[test]
fn whatever_is_left_of_the_contract_nothing_panics() {
    let contract = contract();
    let whole = Document::parse("api.yaml", &contract).expect("readable");
    let odd = [
        "\0", "\u{feff}", "\r", "\t", "{", "]", "\"", "&a ", "*a", "!!map", "- ", "? ", "%",
        "\u{2028}", "ä",
    ];
    for (index, odd) in (0..contract.len()).step_by(331).zip(odd.iter().cycle()) {
        let Some((before, after)) = contract.split_at_checked(index) else {
            continue;
        };
        for text in [
            before.to_owned(),
            after.to_owned(),
            format!("{before}{odd}{after}"),
        ] {
            if let Ok(document) = Document::parse("api.yaml", &text) {
                document.check();
                wire::listing(&document);
                diff::compare(&whole, &document);
                show::components(&document);
                let response = serde_json::json!({"processing_results": [{"job_config": {}}]});
                if let Ok(drifts) = drift::inspect(&document, &response) {
                    drift::remedies(&document, &text, &drifts);
                }
            }
        }
    }
}
