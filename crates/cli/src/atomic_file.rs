//! Files that are replaced atomically: written beside their name, then renamed.
//!
//! Nobody ever sees half of a file: it appears complete, or the old one stays. What is no regular file, such
//! as a device or a pipe, is written into and never replaced; links are followed to the file that they mean.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::exit::{Exit, Failure};
use crate::stdout;
use crate::text::escaped;

/// Links in a row that are followed; more of them are a cycle.
const MAX_LINKS: u32 = 40;

/// Names of standard output in the file system.
pub(crate) const STDOUT_NAMES: [&str; 3] = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// Where output is written.
pub(crate) enum Target {
    Stdout,
    /// A file, to be replaced if it exists.
    File(PathBuf),
    /// Something else, such as a device or a pipe: it is written into, never replaced.
    Other(PathBuf),
}

impl Target {
    /// `-` is standard output. A place that cannot be written to is an error before the work begins.
    pub(crate) fn new(path: &Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            stdout::check()?;
            return Ok(Target::Stdout);
        }
        if STDOUT_NAMES.iter().any(|name| path == Path::new(name)) {
            stdout::check()?;
        }
        if is_descriptor(path) {
            return Ok(Target::Other(path.to_owned()));
        }
        let real = resolved(path);
        match fs::metadata(&real) {
            Ok(data) if data.is_dir() => Err(unwritable(path, io::ErrorKind::IsADirectory.into())),
            Ok(data) if !data.is_file() => Ok(Target::Other(real)),
            _ => {
                begin(&real).map_err(|error| unwritable(path, error))?;
                Ok(Target::File(real))
            }
        }
    }

    /// Writes all of it: a file appears complete under its name, or stays as it was.
    pub(crate) fn write(&self, data: &[u8]) -> Result<(), Failure> {
        let (path, written) = match self {
            Target::Stdout => return stdout::print(data),
            Target::Other(path) => (path, open(path).and_then(|mut file| file.write_all(data))),
            Target::File(path) => (path, replace(path, data)),
        };
        written.map_err(|error| unwritable(path, error))
    }
}

/// Opens something that is no regular file, to write into it.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    File::options().append(true).open(path)
}

/// Whether a path is a name of something that a process has open, such as `/dev/stderr`: also where that
/// is a file, it is written into.
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

/// What a link leads to: that is replaced, not the link.
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

/// The directory that a file is in.
pub(crate) fn directory(path: &Path) -> &Path {
    path.parent()
        .filter(|directory| *directory != Path::new(""))
        .unwrap_or(Path::new("."))
}

/// The path with an ending behind its name.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Removes a file; one that does not exist is removed already.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes `temporary`, and renames it to `path`. A link in its place is not followed.
pub(crate) fn write_as(
    path: &Path,
    temporary: &Path,
    permissions: Option<Permissions>,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    remove(temporary)?;
    let mut file = options(permissions.is_some())
        .write(true)
        .create_new(true)
        .open(temporary)?;
    let written = permissions
        .map_or(Ok(()), |permissions| file.set_permissions(permissions))
        .and_then(|()| write(&mut file))
        .and_then(|()| file.sync_all());
    let replaced = written.and_then(|()| fs::rename(temporary, path));
    if replaced.is_err() {
        // An incomplete file is of no use to anyone.
        let _ = fs::remove_file(temporary);
    }
    replaced
}

/// For a new file, which nobody else may read if it is private.
pub(crate) fn options(is_private: bool) -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    if is_private {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// The permissions of a file that replaces `path`: those of the old one; else `None` for the usual
/// ones, or only the owner's if the content is private.
pub(crate) fn permissions(path: &Path, is_private: bool) -> Option<Permissions> {
    let current = fs::metadata(path).map(|data| data.permissions()).ok();
    current.or_else(|| is_private.then(|| mode(0o600)).flatten())
}

#[cfg(unix)]
fn mode(mode: u32) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn mode(_: u32) -> Option<Permissions> {
    None
}

/// Writes a file beside its name, and gives it the name when it is complete.
fn replace(path: &Path, data: &[u8]) -> io::Result<()> {
    let mut file = begin(path)?;
    file.write_all(data)?;
    finish(file, path)
}

/// Gives the file its name.
pub(crate) fn finish(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A file with a name of its own, which removes itself unless it replaces the other one.
pub(crate) fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let directory = directory(path);
    // For an error that does not name the temporary file.
    fs::metadata(directory)?;
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut prefix = name.to_owned();
    prefix.push(".");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".part");
    let current = permissions(path, false);
    // What the system makes of a new file's permissions.
    if let Some(permissions) = current.clone().or_else(|| mode(0o666)) {
        builder.permissions(permissions);
    }
    // Without the name of the temporary file.
    let file = builder
        .tempfile_in(directory)
        .map_err(|error| io::Error::from(error.kind()))?;
    if let Some(permissions) = current {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

/// The failure for a place that cannot be written to, with its path.
pub(crate) fn unwritable(path: &Path, error: io::Error) -> Failure {
    let path = escaped(&path.display().to_string());
    Failure::new(Exit::Output, format!("{path} cannot be written: {error}"))
}
