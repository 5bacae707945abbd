//! Passwords before a host, as in `user:password@host`, or behind it, as in a `.netrc`.

use std::ops::Range;

/// `user:password` of `user:password@host`; a mail address has no colon. Of `postgres:hunter2@db/x` it is
/// `postgres:hunter2`. The last `@` counts, since a password may have others; what stands before the user, as in
/// `url=u:p@h`, is no part of it.
pub(super) fn login(word: &str) -> Option<Range<usize>> {
    let (user, _) = word.rsplit_once('@')?;
    let start = user
        .rfind(['"', '\'', '(', '<', ',', ';', '='])
        .map_or(0, |at| at + 1);
    let (name, password) = user[start..].split_once(':')?;
    let is_login = !name.eq_ignore_ascii_case("mailto") && !password.is_empty();
    is_login.then_some(start..user.len())
}

/// The passwords of a `.netrc`: `machine h login u password p`, also on lines of their own.
pub(super) fn netrc(text: &str) -> Vec<Range<usize>> {
    if !text.contains("password") {
        return Vec::new();
    }
    let mut end = 0;
    let words = text.split_inclusive(char::is_whitespace).map(|word| {
        end += word.len();
        (end - word.len(), word.trim_end())
    });
    let mut words = words.filter(|(_, word)| !word.is_empty()).peekable();
    let mut found = Vec::new();
    while let Some((_, word)) = words.next() {
        match word {
            "machine" => drop(words.next()),
            "default" => {}
            _ => continue,
        }
        let is_member = |(_, key): &(usize, &str)| ["login", "account", "password"].contains(key);
        while let Some((_, key)) = words.next_if(is_member) {
            let value = words.next().filter(|_| key == "password");
            found.extend(value.map(|(at, value)| at..at + value.len()));
        }
    }
    found
}
