//! Credentials in a line by the word before them: authentication schemes and the options of commands, and in each of its words.

use std::ops::Range;

use super::logins::login;
use super::policy::{MASK, Names};
use super::tokens::tokens;
use super::words::{is_name, is_one_of, is_random, is_word};
use crate::types::{hidden_in_url, webhook};

/// What is hidden of the line that begins at `start`.
pub(super) fn find_in_line(
    line: &str,
    start: usize,
    is_credential: Names,
    hidden: &mut Vec<Range<usize>>,
) {
    let mut follows = Follows::Nothing;
    let is_pair = line.split_whitespace().nth(2).is_none();
    let mut has_user = false;
    let mut at = start;
    for word in line.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        match follows.hides(bare) {
            true => hidden.push(follows.range(bare, at)),
            false => hidden.extend(find_in_word(bare).map(|it| at + it.start..at + it.end)),
        }
        follows = match follows.next(bare, is_credential) {
            Follows::Perhaps if is_pair && bare.eq_ignore_ascii_case("bearer") => {
                Follows::Credential
            }
            Follows::Nothing if has_user && is_one_of(PASSWORDS, bare) => Follows::Value,
            next => next,
        };
        has_user |= bare.starts_with(['-', 's', 'r', 'u', '7'])
            && USERS.split(' ').any(|option| bare.starts_with(option));
        if has_user && is_joined_password(bare) {
            hidden.push(at + 2..at + bare.len());
        }
        at += word.len();
    }
}

/// Options and programs behind which `-p` and the like are options of a password.
const USERS: &str = "-u -U -D --user --service-principal sshpass redis-cli unzip 7z";
/// Options of a password, if a user was given: those of mysql, docker, sqlcmd, ldapsearch and redis-cli.
const PASSWORDS: &str = "-p -P -w -a";

/// Whether an option and a password are one word, as in `mysql -u root -px1y2z3`.
fn is_joined_password(word: &str) -> bool {
    word.strip_prefix("-p")
        .is_some_and(|password| is_random(password.as_bytes()))
}

/// What follows a word.
#[derive(Clone, Copy)]
enum Follows {
    Nothing,
    /// The name of an authentication scheme, which is a word of the language too.
    Perhaps,
    Credential,
    /// The value of an option that is a credential, unless another option follows.
    Value,
    /// The rest of a credential that began with this quote.
    Rest(char),
    /// `user:password` after curl's option.
    Login,
}

impl Follows {
    fn hides(self, word: &str) -> bool {
        match self {
            Follows::Nothing => false,
            Follows::Credential => !word.is_empty(),
            Follows::Value => !word.starts_with('-') && word.contains(char::is_alphanumeric),
            Follows::Rest(_) => true,
            Follows::Perhaps => !is_word(word) && word.contains(char::is_alphabetic),
            Follows::Login => word.contains(':') && !word.contains("://"),
        }
    }

    /// Where in a word that is hidden the credential is: a quote around it may have begun before its name.
    fn range(self, word: &str, start: usize) -> Range<usize> {
        let ends: &[char] = match self {
            Follows::Perhaps | Follows::Credential => &['"', '\'', '`', ')', ',', ';', ']', '}'],
            _ => &[],
        };
        start..start + word.trim_end_matches(ends).len()
    }

    /// What follows this word.
    fn next(self, word: &str, is_credential: Names) -> Follows {
        let is_value = word.contains(char::is_alphanumeric) || word == MASK;
        match self {
            Follows::Rest(quote) if !word.ends_with(quote) => return self,
            // Of more than one space, each ends a word; `<<<` is none.
            Follows::Perhaps | Follows::Credential | Follows::Login if word.is_empty() => {
                return self;
            }
            Follows::Value if !is_value => return self,
            Follows::Value if !word.starts_with('-') => {
                let quote = word.chars().next().filter(|c| matches!(c, '"' | '\''));
                return quote
                    .filter(|quote| word.len() == 1 || !word.ends_with(*quote))
                    .map_or(Follows::Nothing, Follows::Rest);
            }
            _ => {}
        }
        let name = word.trim_start_matches('-');
        if name.len() < word.len() && is_name(name) {
            return match word {
                "--user" | "--proxy-user" | "-u" | "-U" => Follows::Login,
                _ if is_credential(name) => Follows::Value,
                _ => Follows::Nothing,
            };
        }
        let name = word.rsplit(|c: char| !c.is_ascii_alphanumeric());
        match name.map(str::to_ascii_lowercase).next().as_deref() {
            Some("bearer" | "basic") => Follows::Perhaps,
            _ => Follows::Nothing,
        }
    }
}

/// `user:password` in one word with curl's option.
fn joined_login(word: &str) -> Option<Range<usize>> {
    let options = ["--user=", "--proxy-user=", "-u"];
    let login = options
        .iter()
        .find_map(|option| word.strip_prefix(option))?;
    let is_login = login.contains(':') && !login.contains("://");
    is_login.then(|| word.len() - login.len()..word.len())
}

fn find_in_word(word: &str) -> impl Iterator<Item = Range<usize>> {
    let url = match word.find("://") {
        Some(at) if word[..at].to_ascii_lowercase().ends_with("s3") => Vec::new(),
        Some(_) => hidden_in_url(word),
        None if !word.contains(['@', '/', '-']) => Vec::new(),
        None => match joined_login(word).or_else(|| login(word)) {
            Some(login) => vec![login],
            None => webhook(word).into_iter().collect(),
        },
    };
    url.into_iter().chain(tokens(word))
}
