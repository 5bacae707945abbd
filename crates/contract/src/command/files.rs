//! The files that a reviewer names, and the one that need not be named.
//!
//! A file that is not named is searched for upwards, as git searches for its directory, so that `cargo spec check` works
//! anywhere in a checkout. `-` is standard input. What is written is written beside its place first and then put there,
//! so that neither a full disk nor an interrupt leaves half a contract.

use super::outcome::Failure;
use super::output;
use crate::document::Document;
use crate::render;
use clap::Args;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Where the document is in a checkout.
const USUAL: &str = "openapi/processing-results.yaml";

/// Bytes of a file. Documents have some hundred KiB; an export that `spec drift` looks at may have hundreds of MiB.
const MAX_BYTES: u64 = 1 << 30;

/// The document to look at.
#[derive(Debug, Args)]
pub(super) struct Contract {
    /// The OpenAPI document; `-` is standard input [default: openapi/processing-results.yaml, here or above]
    #[arg(short = 'c', long = "contract", value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Contract {
    /// Reads it as text.
    pub(super) fn read(&self) -> Result<TextFile, Failure> {
        read(&self.path()?)
    }

    /// Where the document is.
    pub(super) fn path(&self) -> Result<PathBuf, Failure> {
        self.file.clone().map_or_else(find, Ok)
    }

    /// Writes the document back to where it was read.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        write(&self.path()?, text)
    }
}

/// A file, read.
pub(super) struct TextFile {
    /// As it was named; `standard input` for `-`.
    pub(super) name: String,
    pub(super) text: String,
}

/// The document of the checkout that the current directory is in.
///
/// There is no other default: to check a copy that nobody edited would be a green light for nothing.
pub(super) fn find() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir().map_err(|error| {
        Failure::unusable(format!("the current directory cannot be read: {error}"))
    })?;
    let levels = here
        .ancestors()
        .position(|above| above.join(USUAL).is_file());
    let levels = levels.ok_or_else(|| {
        Failure::unusable(format!(
            "there is no {USUAL} in this directory or above it; name the file"
        ))
    })?;
    let up = PathBuf::from_iter(std::iter::repeat_n("..", levels));
    Ok(up.join(USUAL))
}

/// A file as bytes, read.
pub(super) struct Bytes {
    /// As it was named; `standard input` for `-`.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A file as text; `-` is standard input.
pub(super) fn read(path: &Path) -> Result<TextFile, Failure> {
    let Bytes { name, bytes } = read_bytes(path)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(TextFile { name, text }),
        Err(_) => Err(Failure::unusable(format!(
            "{name} cannot be read: it is not UTF-8"
        ))),
    }
}

/// A file as it is; `-` is standard input.
pub(super) fn read_bytes(path: &Path) -> Result<Bytes, Failure> {
    let (name, read) = match path.to_str() {
        Some("-") => ("standard input".to_owned(), read_all(std::io::stdin())),
        _ => {
            let file = std::fs::File::open(path);
            (path.display().to_string(), file.and_then(read_all))
        }
    };
    match read {
        Ok(bytes) => Ok(Bytes { name, bytes }),
        Err(error) => Err(Failure::unusable(format!("{name} cannot be read: {error}"))),
    }
}

/// Everything, unless it has no end, as `/dev/zero`.
fn read_all(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = source.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    match read as u64 > MAX_BYTES {
        true => Err(io::Error::other("it is larger than 1 GiB")),
        false => Ok(bytes),
    }
}

/// A document as a tree. What keeps it from being one is printed to standard error.
pub(super) fn document(contract: &TextFile) -> Result<Document, Failure> {
    Document::parse(&contract.name, &contract.text).map_err(|findings| {
        render::text(&findings).lines().for_each(output::say);
        Failure::unusable(format!("{} is not an OpenAPI document", contract.name))
    })
}

/// The path from the root of the repository, which is what GitHub attaches annotations by; as it was named where
/// there is no repository, and nothing for standard input.
///
/// `/home/me/checkout/openapi/api.yaml` is `openapi/api.yaml`.
pub(super) fn in_repository(path: &Path) -> String {
    if path.to_str() == Some("-") {
        return String::new();
    }
    let relative = path.canonicalize().ok().and_then(|path| {
        let root = path.ancestors().find(|above| above.join(".git").exists())?;
        let parts = path.strip_prefix(root).ok()?.iter();
        // Annotations have slashes on every system.
        let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
        Some(parts.join("/"))
    });
    relative.unwrap_or_else(|| path.display().to_string())
}

/// The nearest file of a name at or above another file.
pub(super) fn above(path: &Path, name: &str) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    let mut found = path.ancestors().map(|above| above.join(name));
    found.find(|path| path.is_file())
}

/// Writes a file completely or not at all.
///
/// A link stays a link: what it leads to is written.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed =
        |error| Failure::unusable(format!("{} cannot be written: {error}", path.display()));
    let path = path.canonicalize().map_err(failed)?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let partial = path.with_file_name(format!(".{name}.part"));
    let written = std::fs::write(&partial, text).and_then(|()| std::fs::rename(&partial, &path));
    written
        .inspect_err(|_| drop(std::fs::remove_file(&partial)))
        .map_err(failed)
}
