//! Refuses one file in two roles: read and written, or written twice.
//!
//! `export --items ids.txt --out ids.txt` would destroy the list before it is read. A path can be written in many ways,
//! so files are compared as the system knows them. It is checked before any call.

use std::fs;
use std::path::{Path, PathBuf};

use crate::exit::Failure;
use crate::paths::{STDERR_NAME, STDOUT_NAMES, directory, is_descriptor, resolved, shown};

/// Refuses two roles with the same file. A role is the name of an option, or words such as `standard output`.
pub(crate) fn check_distinct(roles: &[(&str, Option<&Path>)]) -> Result<(), Failure> {
    let given =
        |(role, path): &(&str, Option<&Path>)| Some((role.to_string(), (*path)?.to_owned()));
    let roles: Vec<_> = roles.iter().filter_map(given).collect();
    for (at, (role, path)) in roles.iter().enumerate() {
        let same = roles[..at].iter().find(|(_, other)| is_same(other, path));
        if let Some((other, _)) = same {
            let path = shown(path);
            let message = format!("{path} is both {other} and {role}: choose another file");
            return Err(Failure::usage(message));
        }
    }
    // Messages go there, perhaps with the output, as with `2>&1`; a file of its own would be replaced under them.
    let stderr = Path::new(STDERR_NAME);
    let is_stderr = |path: &Path| !is_descriptor(path) && is_same(path, stderr);
    match roles.iter().find(|(_, path)| is_stderr(path)) {
        Some((role, path)) => Err(Failure::usage(format!(
            "{} is both {role} and standard error: choose another file",
            shown(path)
        ))),
        None => Ok(()),
    }
}

/// The role of standard output, which may be redirected to a file.
pub(crate) fn standard_output() -> (&'static str, Option<&'static Path>) {
    ("standard output", Some(Path::new(STDOUT_NAMES[0])))
}

/// Whether two paths lead to one file. Files that do not exist yet are compared by their paths without links.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        // A device or a pipe may have several roles: `--items - --out -` is a filter.
        (Ok(one), Ok(other)) if !one.is_file() || !other.is_file() => false,
        #[cfg(unix)]
        (Ok(one), Ok(other)) => {
            use std::os::unix::fs::MetadataExt;
            (one.dev(), one.ino()) == (other.dev(), other.ino())
        }
        _ => canonical(one).is_some_and(|one| Some(one) == canonical(other)),
    }
}

/// Whether a path is this directory or directly in it, however it is written.
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
