//! Paths: what they lead to, what is beside them, and how messages show them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::text::escaped;

/// Links in a row that are followed, as many as Linux follows; more of them are a cycle.
const MAX_LINKS: u32 = 40;

/// Names of standard output in the file system.
pub(crate) const STDOUT_NAMES: [&str; 3] = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// Whether a path names something that the process has open, such as `/dev/stderr` or a shell's `>(...)`. It is written
/// into even where it is a file: the shell has opened that for appending, perhaps.
pub(crate) fn is_descriptor(path: &Path) -> bool {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let is_standard = ["/dev/stdin", "/dev/stdout", "/dev/stderr"].map(Path::new);
        if path.starts_with("/dev/fd") || path.starts_with("/proc") || is_standard.contains(&&*path)
        {
            return true;
        }
        match fs::read_link(&path) {
            Ok(target) => path = directory(&path).join(target),
            Err(_) => return false,
        }
    }
    false
}

/// The path that a link leads to, also if nothing is there yet; any other path as it is.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    let target = || fs::canonicalize(path).or_else(|_| fs::read_link(path));
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => target().map_or_else(
            |_| path.to_owned(),
            // The target of a dangling link is relative to the link.
            |target| directory(path).join(target),
        ),
        _ => path.to_owned(),
    }
}

/// The directory that a file is in; `.` for a bare name.
pub(crate) fn directory(path: &Path) -> &Path {
    path.parent()
        .filter(|directory| *directory != Path::new(""))
        .unwrap_or(Path::new("."))
}

/// The path with something appended to its name: `results.csv` and `.part` are `results.csv.part`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A path in messages.
pub(crate) fn shown(path: &Path) -> String {
    escaped(&path.display().to_string())
}
