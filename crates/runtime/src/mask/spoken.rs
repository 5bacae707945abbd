//! Credentials that a word before them names, where no notation says so: in prose, tables, lists, calls and shells.
//!
//! | text | is hidden |
//! |---|---|
//! | `the api key is: a1b2c3`, `my password is a1b2c3` | `a1b2c3` |
//! | `setx API_KEY a1b2c3d4`, `"api_key","a1b2c3d4"`, `f("api_key", "a1b2c3d4")` | `a1b2c3d4` |
//! | `machine h login u password a1b2c3d4` | `a1b2c3d4` |
//! | `the password is required`, `the token limit is 4096`, `the key is under the mat` | nothing |
//!
//! Only the look of a value distinguishes it from the next word of a sentence here: it has letters and digits. A password
//! that is a word of a language, as in "the password is swordfish", is not found.

use std::ops::Range;

use super::policy::Names;
use super::words::{MIN_LEN, is_name, is_one_of, is_part, is_random, is_word};

/// Parts of words that mean a credential in prose, too, if the complete word is one: `passage` is none.
const STRONG: &str = "pass pw secret token credential bearer apikey accesskey";
/// Passwords in other languages: of French, where it is "mot de passe", Spanish, Portuguese, Polish, Dutch, Russian, Chinese
/// and Japanese. That of German is a `pass`, too.
const FOREIGN: &str = "passe contraseña senha hasło wachtwoord пароль 密码 密碼 パスワード";
/// Words before `key` with which it opens something; that of a map, of a table or of an examination does not.
const OPENS: &str =
    "api access account auth encryption license private secret shared signing subscription";
/// Words that often mean something else in prose: only what is long is taken for their value.
const WEAK: &str = "auth authorization cookie digest jwt key negotiate ntlm otp session";
/// Words between a name and its value, also the `b` of `b'x'`.
const FILLERS: &str = "is to was be as value set basic bearer string b s u";
/// Those of them behind which the value follows.
const LINKS: &str = "is to";

/// How many other words may stand between a name and its value, as in "the password for the portal is".
const MAX_DISTANCE: usize = 5;

/// How many bytes may be between them: of a long text, only what is before something that looks like a value is looked at.
const MAX_GAP: usize = 200;

/// A word that names a credential, and what followed it.
struct Named {
    is_strong: bool,
    /// Words behind it that say nothing.
    distance: usize,
    /// Whether the last word says that a value follows.
    is_linked: bool,
}

/// The values that a word before them names.
pub(super) fn spoken(text: &str, is_credential: Names) -> Vec<Range<usize>> {
    let (mut found, mut name) = (Vec::new(), None::<Named>);
    let mut values = random_words(text).into_iter().peekable();
    if values.peek().is_none() {
        return found;
    }
    let (mut before, mut end) = ("", 0);
    for piece in text.split_inclusive(is_gap) {
        let word = piece.trim_end_matches(is_gap);
        let word_end = end + word.len();
        end += piece.len();
        while values.next_if(|value| *value < word_end).is_some() {}
        if values.peek().is_none_or(|value| *value > end + MAX_GAP) {
            name = None;
            continue;
        }
        // The end of a tag, as in `<key>api_key</key><string>x</string>`.
        if word.strip_prefix('/').is_some_and(is_name) {
            continue;
        }
        let strength = |word: &str| strength(before, word, is_credential);
        let signed = signed(word, strength);
        let (signed, rest) = signed.map_or((None, word), |(name, rest)| (Some(name), rest));
        let is_signed = signed.is_some();
        name = signed.or(name);
        let value = rest.trim_matches(['*', '_', ':', '.', '?', '=']);
        let is_value = |name: &Named| is_value(value, name, is_credential);
        if name.as_ref().is_some_and(is_value) {
            let at = word_end - rest.len() + rest.find(value).unwrap_or_default();
            found.push(at..at + value.len());
            name = name.map(|name| Named::new(name.is_strong, name.is_linked));
        } else if !(is_signed && value.is_empty()) {
            name = strength(value.rsplit(':').next().unwrap_or_default())
                .map(|is_strong| Named::new(is_strong, false))
                .or_else(|| name?.behind(rest));
        }
        before = if value.is_empty() { before } else { value };
    }
    found
}

/// Of `name:value` without a space, both are in one word: the name, and the rest.
fn signed(word: &str, strength: impl Fn(&str) -> Option<bool>) -> Option<(Named, &str)> {
    let (left, right) = word.split_once([':', '='])?;
    let is_end = |c: char| !is_part(c) && !c.is_alphabetic();
    let left = left.rsplit(is_end).next()?;
    let right = (!right.starts_with(':')).then_some(right)?;
    Some((Named::new(strength(left)?, true), right))
}

impl Named {
    fn new(is_strong: bool, is_linked: bool) -> Self {
        Named {
            is_strong,
            distance: 0,
            is_linked,
        }
    }

    /// How long a value has to be here; none if there can't be one.
    fn least(&self) -> Option<usize> {
        match (self.distance, self.is_linked) {
            (0, _) if !self.is_strong => Some(20),
            (0, true) => Some(MIN_LEN),
            (0, false) => Some(8),
            (_, true) if self.is_strong => Some(10),
            _ => None,
        }
    }

    /// What is known behind a word that is neither a value nor a name; nothing behind the end of a sentence.
    fn behind(mut self, word: &str) -> Option<Named> {
        let is_link = is_one_of(LINKS, word) || word.ends_with([':', '=', '>']);
        let says_something = word.contains(char::is_alphanumeric) && !is_one_of(FILLERS, word);
        self.distance += usize::from(says_something);
        self.is_linked = is_link || self.is_linked && !says_something;
        let ends = word.ends_with(['.', '!', '?']);
        (!ends && self.distance <= MAX_DISTANCE).then_some(self)
    }
}

/// Where the words end that look like values; marks beyond ASCII may be part of them.
fn random_words(text: &str) -> Vec<usize> {
    let mut end = 0;
    let is_gap = |byte: &u8| byte.is_ascii() && is_gap(char::from(*byte));
    let words = text.as_bytes().split(is_gap).map(|word| {
        end += word.len() + 1;
        (end - 1, word)
    });
    words
        .filter(|(_, word)| is_random(word))
        .map(|(at, _)| at)
        .collect()
}

/// What stands between words; no part of a name, and seldom one of a credential.
fn is_gap(c: char) -> bool {
    match c {
        '\0'..=' ' | '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' => true,
        ',' | ';' | '|' | '\x7f' => true,
        _ => !c.is_ascii() && !c.is_alphanumeric(),
    }
}

/// Whether a word names a credential, and if so, whether it does so even in prose.
fn strength(before: &str, word: &str, is_credential: Names) -> Option<bool> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = word.to_lowercase();
    if is_one_of(FOREIGN, &lower) {
        return Some(true);
    }
    if !is_name(word) {
        return None;
    }
    let is_identifier = word.contains(['-', '_', '.'])
        || word.starts_with(char::is_lowercase) && word.contains(char::is_uppercase)
        || word
            .as_bytes()
            .windows(2)
            .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    if is_identifier || STRONG.split(' ').any(|part| lower.contains(part)) {
        return is_credential(word).then_some(true);
    }
    let word = lower.strip_suffix('s').unwrap_or(&lower);
    is_one_of(WEAK, word).then(|| word == "key" && is_one_of(OPENS, before))
}

/// Whether a word looks like a credential, and is no location, time or name.
fn is_value(word: &str, name: &Named, is_credential: Names) -> bool {
    let Some(least) = name.least() else {
        return false;
    };
    let is_date = matches!(word.as_bytes(), [_, _, _, _, b'-', _, _, b'-', ..]);
    let is_location = word.starts_with(['/', '.', '~']) || word.contains("://");
    let is_variable = || !word.contains(char::is_lowercase) && is_name(word) && is_credential(word);
    // As in `X509_get0_key` and `ca2-cert.pem`, which nothing says to be a value.
    let is_identifier = || !name.is_linked && word.contains(['_', '-', '.']) && is_word(word);
    word.len() >= least
        && is_random(word.as_bytes())
        && !(is_date || is_location || word.contains("::") || is_variable() || is_identifier())
}
