//! Files that are replaced atomically: written beside their name, then renamed.
//!
//! Nobody ever sees half of a file: it appears complete, or the old one stays, with its permissions. What is not a
//! regular file, such as a device or a pipe, is written into and never replaced. A link stays, and the file that it
//! leads to is replaced.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::exit::Failure;
use crate::paths::{STDOUT_NAMES, directory, is_descriptor, is_of_directory, resolved, shown};
use crate::stdout;

/// Bytes of a file that are read at a time.
const CHUNK: usize = 64 * 1024;

/// Where output is written.
pub(crate) enum Target {
    /// Standard output, named `-`.
    Stdout,
    /// A file, to be replaced if it exists.
    File(PathBuf),
    /// A device, a pipe, or something that the process has open: it is written into, never replaced.
    Other(PathBuf),
}

impl Target {
    /// The target of this path; `-` is standard output.
    ///
    /// # Errors
    /// Nothing can be written there, which is known before the work begins: a directory, one that does not exist, one
    /// without permission, or a standard output that is closed.
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
            _ if is_of_directory(path) => Err(unwritable(path, io::ErrorKind::IsADirectory.into())),
            // It was followed as far as the system would.
            _ if real.is_symlink() => {
                let circle = io::Error::other("its links lead in a circle");
                Err(unwritable(path, circle))
            }
            Ok(data) if data.is_dir() => Err(unwritable(path, io::ErrorKind::IsADirectory.into())),
            Ok(data) if !data.is_file() => Ok(Target::Other(real)),
            _ => {
                probe(&real).map_err(|error| unwritable(path, error))?;
                Ok(Target::File(real))
            }
        }
    }

    /// Writes all of it at once: a file appears complete under its name, or stays as it was.
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

/// Removes a file. One that does not exist is no error.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Hands on everything up to the end, a piece at a time, and returns the number of bytes.
pub(crate) fn each_chunk(mut from: impl Read, mut take: impl FnMut(&[u8])) -> io::Result<u64> {
    let mut chunk = vec![0; CHUNK];
    let mut total = 0;
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return Ok(total),
            Ok(read) => {
                take(&chunk[..read]);
                total += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Writes the file `temporary`, syncs it, and renames it to `path`. Something else that has the name `temporary`, such as
/// a link that somebody put there, is removed and not written through.
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
    keep_owner(&file, path);
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

/// The options for a new file, which only its owner may read if it is private.
pub(crate) fn options(is_private: bool) -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    if is_private {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// The permissions of a file that replaces `path`: those of the file that exists; else `None` for the system's default,
/// or the owner's alone if the content is private.
pub(crate) fn permissions(path: &Path, is_private: bool) -> Option<Permissions> {
    let current = fs::metadata(path).map(|data| data.permissions()).ok();
    current.or_else(|| is_private.then(|| mode(0o600)).flatten())
}

/// Gives a file that replaces `path` to whom that belongs to, where the system allows it: only root may give files away.
pub(crate) fn keep_owner(file: &File, path: &Path) {
    #[cfg(unix)]
    if let Ok(replaced) = fs::metadata(path) {
        use std::os::unix::fs::{MetadataExt, fchown};
        let _ = fchown(file, Some(replaced.uid()), Some(replaced.gid()));
    }
    #[cfg(not(unix))]
    let _ = (file, path);
}

/// Permissions from a mode such as `0o600`; there are none on Windows.
#[cfg(unix)]
fn mode(mode: u32) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn mode(_: u32) -> Option<Permissions> {
    None
}

/// Replaces a file by this content.
fn replace(path: &Path, data: &[u8]) -> io::Result<()> {
    let mut file = begin(path, false)?;
    file.write_all(data)?;
    finish(file, path)
}

/// Syncs the file, and gives it its name.
pub(crate) fn finish(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Whether [`begin`] would succeed. Nothing is created: a signal at this moment would leave it behind.
fn probe(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};

        use crate::paths::beside;
        // The name would be too long, or what it is in is no directory.
        match fs::symlink_metadata(beside(path, ".123456.part")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(access(directory(path), Access::WRITE_OK | Access::EXEC_OK)?)
    }
    #[cfg(not(unix))]
    begin(path, false).map(drop)
}

/// A new file beside `path`, with a name of its own, such as `report.html.Xa81.part`. It is removed when it is dropped,
/// unless [`finish`] gives it its name.
pub(crate) fn begin(path: &Path, is_private: bool) -> io::Result<NamedTempFile> {
    let directory = directory(path);
    // Without this the error would name the temporary file.
    fs::metadata(directory)?;
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut prefix = name.to_owned();
    prefix.push(".");
    let current = permissions(path, is_private);
    // Opened here, and not by tempfile, whose errors name the temporary file.
    let open = |temporary: &Path| {
        let mut options = options(current.is_some());
        options
            .read(true)
            .write(true)
            .create_new(true)
            .open(temporary)
    };
    let mut builder = Builder::new();
    let builder = builder.prefix(&prefix).suffix(".part");
    let file = builder.make_in(directory, open)?;
    keep_owner(file.as_file(), path);
    if let Some(permissions) = current {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

/// The failure for a place that cannot be written to.
pub(crate) fn unwritable(path: &Path, error: io::Error) -> Failure {
    Failure::output(format!("{} cannot be written: {error}", shown(path)))
}

/// The failure for a place that cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("{} cannot be read: {error}", shown(path)))
}
