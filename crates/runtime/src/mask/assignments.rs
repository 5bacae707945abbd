//! Credentials by what stands before them: `name=value` and `user:password@`.

use std::ops::Range;

use super::policy::{MASK, Names};

/// Names in links and connection strings that are known to stand before a credential, whatever else is known of names.
const SIGNATURES: [&str; 9] = [
    "x-amz-signature",
    "x-amz-security-token",
    "x-amz-credential",
    "x-goog-signature",
    "awsaccesskeyid",
    "signature",
    "sig",
    "accountkey",
    "sharedaccesskey",
];

/// `user:password@host` without the part before the host; a mail address has no colon.
pub(super) fn without_user(word: &str) -> Option<String> {
    let (user, host) = word.rsplit_once('@')?;
    let start = user
        .rfind(['"', '\'', '(', '<', ',', ';', '='])
        .map_or(0, |at| at + 1);
    let (name, password) = user[start..].split_once(':')?;
    let is_login = !name.eq_ignore_ascii_case("mailto") && !password.is_empty();
    is_login.then(|| format!("{}{MASK}@{host}", &user[..start]))
}

/// The values in `name=value` whose name is that of a credential.
pub(super) fn assignments(word: &str, is_credential: Names, hidden: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while let Some(sign) = word[at..].find('=').map(|sign| at + sign) {
        let start = word[at..sign]
            .rfind(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
            .map_or(at, |before| at + before + 1);
        // A separator of more than one byte ends within a character.
        let name = word.get(start..sign).unwrap_or_default();
        let ends = |c: char| matches!(c, '&' | ';' | ',' | '#' | ')' | '}' | '"' | '\'');
        let value = sign + 1;
        let from = value + usize::from(word[value..].starts_with(['"', '\'']));
        at = value;
        if is_name(name) && (is_credential(name) || signs(name)) {
            let end = word[from..].find(ends).map_or(word.len(), |end| from + end);
            if end > from && &word[from..end] != MASK {
                hidden.push(from..end);
                at = end;
            }
        }
    }
}

fn signs(name: &str) -> bool {
    SIGNATURES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

pub(super) fn is_name(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-' || c == '_')
        && text.chars().all(is_letter)
}
