//! A file that is there as a whole, or not at all.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::exit::{Exit, Failure};
use crate::text;

/// Where something is written in the end.
pub(crate) enum Target {
    Stdout,
    /// A file, to be replaced if there is one.
    File(PathBuf),
    /// What is no file: a device or a pipe.
    Other(PathBuf),
}

impl Target {
    /// `-` is standard output. A place that cannot be written to is told now, not after the work.
    pub(crate) fn new(path: &Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Ok(Target::Stdout);
        }
        // What a link leads to is replaced, not the link.
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match fs::metadata(&real) {
            Ok(data) if data.is_dir() => Err(unwritable(path, &io::ErrorKind::IsADirectory.into())),
            Ok(data) if !data.is_file() => Ok(Target::Other(real)),
            _ => {
                begin(&real).map_err(|error| unwritable(path, &error))?;
                Ok(Target::File(real))
            }
        }
    }

    pub(crate) fn write(&self, data: &[u8]) -> Result<(), Failure> {
        match self {
            Target::Stdout => text::print(data),
            Target::Other(path) => fs::write(path, data).map_err(|error| unwritable(path, &error)),
            Target::File(path) => replace(path, data).map_err(|error| unwritable(path, &error)),
        }
    }
}

fn replace(path: &Path, data: &[u8]) -> io::Result<()> {
    let mut file = begin(path)?;
    file.write_all(data)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A file beside it, with the permissions of the one that it will replace, or those of a new one.
fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    // Its error has no word of the file beside it.
    fs::metadata(folder)?;
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut prefix = name.to_owned();
    prefix.push(".");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".part");
    let now = fs::metadata(path).map(|data| data.permissions()).ok();
    if let Some(permissions) = now.clone().or_else(usual) {
        builder.permissions(permissions);
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(permissions) = now {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

/// What the system makes of a new file's permissions.
#[cfg(unix)]
fn usual() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual() -> Option<Permissions> {
    None
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("{} cannot be written: {error}", path.display());
    Failure::new(Exit::Output, message)
}
