//! The name of an output on disk: `s3://outputs/2026/größe 1.md` is `größe_1-3f2a91c07d5e.md`.
//!
//! Keys come from the service, and may be anything: `../../etc/passwd`, `NUL.txt`, `-rf`, a name with a line break, two
//! names that differ only in case. A name is recognizable, is unique to its location on every file system, cannot leave
//! the directory, and needs no quotes in a shell.

use sha2::{Digest, Sha256};

use super::location::Location;
use crate::text::hex;

/// Bytes of a key's own name that are kept. With digits, ending and `.part.json` it stays below 143, the limit of
/// encrypted file systems (eCryptfs); most others allow 255.
const MAX_STEM: usize = 96;
/// Letters of an ending, without its dot. What is longer is a part of the name.
const MAX_EXTENSION: usize = 12;
/// Hexadecimal digits of the location's checksum: 48 bits, so that a million outputs hardly ever share a name.
const DIGITS: usize = 12;

/// The name for a location. It depends on nothing else, so that a later run finds what is there. The checksum keeps
/// apart what differs only in case, or in characters that cannot be part of a name.
pub(crate) fn file_name(location: &Location) -> String {
    // What follows a `?` may be the signature of a URL.
    let key = location.key.split('?').next().unwrap_or_default();
    let key = key.trim_end_matches('/');
    let own = key.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = match own.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending) => (stem, format!(".{ending}")),
        _ => (own, String::new()),
    };
    // Without dots no name is hidden, means a directory above, or is a device of Windows such as `NUL.txt`.
    let stem: String = stem.chars().map(plain).collect();
    let stem = shortened(stem.trim_start_matches(['-', '_']).trim_end_matches('_'));
    let stem = if stem.is_empty() { "output" } else { stem };
    format!("{stem}-{}{ending}", digits(location))
}

/// Whether this can be the ending of a name, such as `json`.
fn is_ending(text: &str) -> bool {
    (1..=MAX_EXTENSION).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Keeps letters and digits of any language, `-` and `_`; anything else becomes `_`.
fn plain(c: char) -> char {
    let is_plain = match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || c == '-' || c == '_',
        false => c.is_alphanumeric(),
    };
    if is_plain { c } else { '_' }
}

/// The beginning of a name, cut between two characters.
fn shortened(text: &str) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    &text[..ends
        .take_while(|end| *end <= MAX_STEM)
        .last()
        .unwrap_or_default()]
}

/// The beginning of the location's checksum.
fn digits(location: &Location) -> String {
    let hash = Sha256::digest(location.to_string());
    hex(&hash)[..DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::{Component, Path};

    use super::*;

    fn name(key: &str) -> String {
        file_name(&Location {
            bucket: "bucket".to_owned(),
            key: key.to_owned(),
        })
    }

    #[test]
    fn a_name_is_recognizable_and_keeps_its_ending() {
        for (key, begin, end) in [
            ("outputs/invoice-0001/report.v2.json", "report_v2-", ".json"),
            ("a/b", "b-", ""),
            ("a/b/", "b-", ""),
            ("größe 1.md", "größe_1-", ".md"),
            ("a+b%20c.txt", "a_b_20c-", ".txt"),
            ("x/a.md?X-Amz-Signature=CANARY/b", "a-", ".md"),
            ("", "output-", ""),
            ("x.tar-of-everything", "x_tar-of-everything-", ""),
        ] {
            let name = name(key);
            assert!(name.starts_with(begin) && name.ends_with(end), "{name}");
        }
    }

    /// What people and file systems have been attacked with.
    fn hostile() -> Vec<String> {
        let mut keys: Vec<String> = [
            "..",
            "../..",
            "../../etc/passwd",
            "/etc/passwd",
            "//",
            ".",
            "...",
            "a/..",
            "..\\..\\x",
            "C:\\Windows\\x.dll",
            "C:x",
            "\\\\host\\share\\x",
            "x\0.json",
            "\0",
            "a\nb",
            "a\rb",
            "\u{1b}[31m",
            "NUL",
            "nul.txt",
            "CON.x.json",
            "com1",
            "LPT9.",
            "COM¹",
            "CONIN$",
            "x.",
            "x...",
            "x ",
            " x",
            ".ssh",
            "-rf",
            "--",
            "~",
            "~root",
            "$HOME",
            "`id`",
            "a:b",
            "a:$DATA",
            "x?y*z\"<>|",
            "\u{202e}gpj.exe",
            "\u{200b}",
            "\u{feff}x",
            "a\u{2028}b",
            ".part",
            "x.part",
            "x.sha256",
            "%2e%2e%2f",
            "．．／x",
        ]
        .map(str::to_owned)
        .to_vec();
        keys.extend([
            "x".repeat(1000),
            "ü".repeat(1000),
            "🦀".repeat(500),
            format!("x.{}", "y".repeat(1000)),
            ".".repeat(1000),
            "a/".repeat(500),
        ]);
        keys
    }

    #[test]
    fn no_name_leaves_the_directory_or_means_something_else() {
        let devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
        for key in hostile() {
            let name = name(&key);
            let parts: Vec<_> = Path::new(&name).components().collect();
            assert!(
                matches!(parts[..], [Component::Normal(_)]),
                "{key:?}: {name}"
            );
            let bad = |c: char| c.is_control() || "/\\:*?\"<>|$`~ %'&;()[]{}!#".contains(c);
            assert!(!name.contains(bad), "{key:?}: {name}");
            assert!(!name.starts_with(['.', '-', ' ']), "{key:?}: {name}");
            assert!(!name.ends_with(['.', ' ']), "{key:?}: {name}");
            assert!(name.len() + ".part.json".len() <= 143, "{key:?}: {name}");
            let device = name.split('.').next().unwrap_or_default().to_uppercase();
            let numbered =
                device.len() == 4 && (device.starts_with("COM") || device.starts_with("LPT"));
            assert!(
                !numbered && !devices.contains(&device.as_str()),
                "{key:?}: {name}"
            );
            assert!(
                !name
                    .chars()
                    .any(|c| matches!(c, '\u{200b}'..='\u{202e}' | '\u{feff}')),
                "{name}"
            );
        }
    }

    #[test]
    fn no_two_locations_share_a_name_whatever_the_case() {
        let mut keys = hostile();
        keys.extend(
            [
                "a/x.json",
                "A/x.json",
                "a/X.json",
                "b/x.json",
                "x.json",
                "x.JSON",
                "x_json",
                "a//x.json",
            ]
            .map(str::to_owned),
        );
        let names: HashSet<_> = keys.iter().map(|key| name(key).to_lowercase()).collect();
        assert_eq!(names.len(), keys.len());
        let other = Location {
            bucket: "other".to_owned(),
            key: "x.json".to_owned(),
        };
        assert!(!names.contains(&file_name(&other)));
    }
}
