//! One file in two roles: read and written, or written twice.
//!
//! Paths can be spelled in many ways, so files are compared as the system knows them. It is checked before
//! any call: afterwards the first file would be gone.

use std::fs;
use std::path::{Path, PathBuf};

use crate::atomic_file::{STDOUT_NAMES, directory, resolved};
use crate::exit::{Exit, Failure};
use crate::text::escaped;

/// Refuses one file in two roles, however it is spelled: the second one would destroy the first.
pub(crate) fn check_distinct(roles: &[(&str, Option<&Path>)]) -> Result<(), Failure> {
    let given =
        |(role, path): &(&str, Option<&Path>)| Some((role.to_string(), (*path)?.to_owned()));
    let roles: Vec<_> = roles.iter().filter_map(given).collect();
    for (at, (role, path)) in roles.iter().enumerate() {
        let same = roles[..at].iter().find(|(_, other)| is_same(other, path));
        if let Some((other, _)) = same {
            let path = escaped(&path.display().to_string());
            let message = format!("{path} is both {other} and {role}: choose another file");
            return Err(Failure::new(Exit::Usage, message));
        }
    }
    Ok(())
}

/// What standard output leads to, for [`check_distinct`].
pub(crate) fn standard_output() -> (&'static str, Option<&'static Path>) {
    ("standard output", Some(Path::new(STDOUT_NAMES[0])))
}

/// Whether two paths lead to one file; files that do not exist yet are compared by their real paths.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        // Devices and pipes may have several roles.
        (Ok(one), Ok(other)) if !one.is_file() || !other.is_file() => false,
        #[cfg(unix)]
        (Ok(one), Ok(other)) => {
            use std::os::unix::fs::MetadataExt;
            (one.dev(), one.ino()) == (other.dev(), other.ino())
        }
        _ => canonical(one).is_some_and(|one| Some(one) == canonical(other)),
    }
}

/// Whether a path is this directory or directly in it, however it is spelled.
pub(crate) fn is_in(path: &Path, within: &Path) -> bool {
    let within = canonical(within);
    within.is_some() && (canonical(path) == within || canonical(directory(path)) == within)
}

/// The path without links, also of a file that does not exist yet.
fn canonical(path: &Path) -> Option<PathBuf> {
    let path = resolved(path);
    let directory = fs::canonicalize(directory(&path)).ok()?;
    path.file_name().map(|name| directory.join(name))
}
