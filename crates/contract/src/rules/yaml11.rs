//! Bare scalars that some tools read as another type, and characters that look like others.
//!
//! The same file is read by tools of YAML 1.1 (PyYAML, and with it most linters) and of YAML 1.2 (this one). A
//! bare scalar may be a text to one and something else to the other:
//!
//! | written | YAML 1.1 | YAML 1.2 |
//! |---|---|---|
//! | `no` | false | "no" |
//! | `2026-11-24` | a date | "2026-11-24" |
//! | `12:30` | 750 | "12:30" |
//! | `1_000` | 1000 | "1_000" |
//!
//! `ParsingLanguages` has the value `no`, for Norwegian.

use crate::finding::Position;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{DEFAULT, Spec};
use crate::yaml::rules::CONFUSABLE_CHARACTER;
use crate::yaml::{Entry, Node, NodeKind, Text};

/// In keys and values, prose too: a description that is just `no` is one word short of being noticed. `true`
/// and `false` are booleans to both.
pub(crate) static BARE_YAML11_BOOLEAN: Rule = Rule {
    name: "bare-yaml11-boolean",
    why: "`no`, `yes`, `on`, `off`, `y` and `n` are booleans to YAML 1.1 tools and texts to YAML 1.2 tools",
    example: "- no",
    fix: "- \"no\"",
};

/// A key that is a boolean or null to YAML 1.2 is also reported, since JSON has no such key.
pub(crate) static BARE_SCALAR: Rule = Rule {
    name: "bare-scalar",
    why: "a bare date, a number with `:` or `_`, or a key such as `true` is read as a text by some tools only",
    example: "version: 2026-11-24",
    fix: "version: \"2026-11-24\"",
};

/// Keys whose values are prose, where every character may be meant.
const PROSE: [&str; 5] = ["description", "summary", "title", "example", "examples"];

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    scalars(spec.root, false, report);
}

/// Looks at each scalar below a node: at both questions in names and values, and only at the first one in
/// prose.
/// `are_statuses` where the keys are statuses, which have a rule of their own.
fn scalars(root: &Node, are_statuses: bool, report: &mut Report) {
    match &root.kind {
        NodeKind::Scalar(text) => {
            bare(text, root.at, report);
            look_alike(text, root.at, report);
        }
        NodeKind::Sequence(items) => items.iter().for_each(|item| scalars(item, false, report)),
        NodeKind::Mapping(mapping) => {
            for entry in mapping.iter() {
                key(&entry.key, entry.at, are_statuses, report);
                let name = entry.key.text.as_str();
                let is_prose = PROSE.contains(&name);
                match &entry.value.kind {
                    NodeKind::Scalar(text)
                        if text.is_yaml11_boolean() && is_flag(name, mapping) =>
                    {
                        flag(text, entry.value.at, report);
                    }
                    NodeKind::Scalar(text) if is_prose => bare(text, entry.value.at, report),
                    _ => scalars(&entry.value, name == "responses", report),
                }
            }
        }
    }
}

fn key(key: &Text, at: Position, is_status: bool, report: &mut Report) {
    bare(key, at, report);
    look_alike(key, at, report);
    let json = key.to_json();
    // `42` is the same name to all, `0x10` is 16 to some.
    let written = json.to_string();
    let is_other = json.is_number() && written != key.text && !is_status;
    if json.is_null() || json.is_boolean() || is_other {
        let shown = match key.text.as_str() {
            "" => "an empty key".to_owned(),
            text => format!("a bare `{text}`"),
        };
        let message = format!("{shown} is no text to YAML tools");
        let help = format!("write `\"{}\"`", key.text);
        report.add(&BARE_SCALAR, at, message, help);
    }
}

/// Whether a key holds a value of the type beside it, which is a boolean.
fn is_flag(key: &str, beside: &[Entry]) -> bool {
    let is_type = |entry: &Entry| entry.key.text == "type" && entry.value.text() == Some("boolean");
    ["default", "example", DEFAULT].contains(&key) && beside.iter().any(is_type)
}

/// Reports a boolean in a spelling that only some tools read as one.
fn flag(text: &Text, at: Position, report: &mut Report) {
    let meant = ["y", "yes", "on"].contains(&text.text.to_ascii_lowercase().as_str());
    let message = format!(
        "only YAML 1.1 tools read a bare `{}` as a boolean",
        text.text
    );
    report.add(
        &BARE_YAML11_BOOLEAN,
        at,
        message,
        format!("write `{meant}`"),
    );
}

fn bare(text: &Text, at: Position, report: &mut Report) {
    let help = format!("write `\"{}\"`", text.text);
    if text.is_yaml11_boolean() {
        let message = format!("YAML 1.1 tools read a bare `{}` as a boolean", text.text);
        report.add(&BARE_YAML11_BOOLEAN, at, message, help);
    } else if let Some(kind) = text.yaml11_kind() {
        let message = format!("some YAML tools read a bare `{}` as {kind}", text.text);
        report.add(&BARE_SCALAR, at, message, help);
    }
}

/// Characters that look like ASCII in a name, a value or a reference: the `а` of `lаng` may be Cyrillic, and
/// then no client ever finds the field. One finding for a scalar is enough.
fn look_alike(text: &Text, at: Position, report: &mut Report) {
    let mut letters = text.text.chars();
    if let Some((letter, twin)) = letters.find_map(|letter| Some((letter, twin(letter)?))) {
        let code = u32::from(letter);
        let message = format!("U+{code:04X} looks like `{twin}`, and is another character");
        let help = format!("write `{twin}`");
        report.add(&CONFUSABLE_CHARACTER, at, message, help);
    }
}

/// The ASCII character that another one looks like: Cyrillic and Greek letters, fullwidth forms, and the quotes
/// and dashes that a word processor puts in. `é` and `名` look like themselves.
fn twin(letter: char) -> Option<char> {
    const LETTERS: &str = "аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЈJ ЅS \
        αa οo ρp νv ιi υu ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ıi ‘' ’' ‚' ‛' “\" ”\" „\" ‟\" \
        ‐- ‑- ‒- –- —- −- ․. ∕/ ⁄/ ∶: ꞉: ﹕: ‹< ›>";
    if letter.is_ascii() {
        return None;
    }
    // The fullwidth forms follow the order of ASCII.
    if ('\u{ff01}'..='\u{ff5e}').contains(&letter) {
        return char::from_u32(u32::from(letter) - 0xfee0);
    }
    let mut pairs = LETTERS.split_whitespace().map(str::chars);
    pairs.find_map(|mut pair| (pair.next() == Some(letter)).then(|| pair.next()).flatten())
}

#[cfg(test)]
mod tests {
    use super::twin;

    #[test]
    fn letters_of_other_scripts_are_told_from_their_twins() {
        for (letter, ascii) in [
            ('а', 'a'),
            ('Ο', 'O'),
            ('ｔ', 't'),
            ('’', '\''),
            ('”', '"'),
            ('–', '-'),
        ] {
            assert_eq!(twin(letter), Some(ascii), "{letter}");
        }
        for letter in ['a', 'é', '名', 'ß', 'ж'] {
            assert_eq!(twin(letter), None, "{letter}");
        }
    }
}
