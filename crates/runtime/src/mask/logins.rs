//! Passwords before a host: `user:password@host`.

use super::policy::MASK;

/// `user:password@host` without the part before the host; a mail address has no colon. Of `postgres:hunter2@db/x` it is
/// `***@db/x`. The last `@` counts, since a password may have others; what stands before the user, as in `url=u:p@h`, stays.
pub(super) fn without_user(word: &str) -> Option<String> {
    let (user, host) = word.rsplit_once('@')?;
    let start = user
        .rfind(['"', '\'', '(', '<', ',', ';', '='])
        .map_or(0, |at| at + 1);
    let (name, password) = user[start..].split_once(':')?;
    let is_login = !name.eq_ignore_ascii_case("mailto") && !password.is_empty();
    is_login.then(|| format!("{}{MASK}@{host}", &user[..start]))
}
