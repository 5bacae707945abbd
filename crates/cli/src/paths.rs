//! Paths: what they lead to, what is beside them, and how messages show them.

use std::path::{Path, PathBuf, is_separator};
use std::{fs, iter};

use crate::text::escaped;

/// Links in a row that are followed, as many as Linux follows; more of them are a cycle.
const MAX_LINKS: usize = 40;

/// Names of standard output in the file system.
pub(crate) const STDOUT_NAMES: [&str; 3] = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
/// A name of standard error in the file system.
pub(crate) const STDERR_NAME: &str = "/dev/stderr";

/// The path of something that is read: `-` is standard input, which may be redirected from a file.
pub(crate) fn input(path: &Path) -> &Path {
    match path == Path::new("-") {
        true => Path::new("/dev/stdin"),
        false => path,
    }
}

/// Whether a path names something that the process has open, such as `/dev/stderr` or a shell's `>(...)`. It is written
/// into even where it is a file: the shell has opened that for appending, perhaps.
pub(crate) fn is_descriptor(path: &Path) -> bool {
    let is_standard = |path: &Path| {
        let names = ["/dev/stdin", STDOUT_NAMES[0], STDERR_NAME];
        names.iter().any(|name| path == Path::new(name))
    };
    links(path)
        .any(|path| path.starts_with("/dev/fd") || path.starts_with("/proc") || is_standard(&path))
}

/// The path that a link leads to in the end, also if nothing is there yet; any other path as it is. Links in a circle
/// lead to one of them.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    links(path).last().unwrap_or_else(|| path.to_owned())
}

/// The path, and where it leads, link after link.
fn links(path: &Path) -> impl Iterator<Item = PathBuf> {
    // The target of a link is relative to the link.
    let next = |path: &PathBuf| Some(directory(path).join(fs::read_link(path).ok()?));
    iter::successors(Some(path.to_owned()), next).take(MAX_LINKS)
}

/// Whether a path can only be that of a directory, since it ends with a separator.
pub(crate) fn is_of_directory(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    last.is_some_and(|last| is_separator(char::from(*last)))
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
