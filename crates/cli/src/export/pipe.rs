//! Standard output, or a pipe or device that has a name: it is written to as data arrives, and never replaced.
//!
//! Opening a named pipe waits for its reader, and writing waits for a slow one. Both happen on another thread, so that
//! calls continue and signals are received meanwhile.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::atomic_file::open;
use crate::stdout::blocking;
use crate::text::write_all;

/// A stream that is opened when something is first written to it.
pub(super) struct Pipe {
    /// `None` is standard output.
    path: Option<PathBuf>,
    /// Once it is open.
    file: Option<Arc<File>>,
}

impl Pipe {
    /// Nothing is opened yet.
    pub(super) fn new(path: Option<PathBuf>) -> Self {
        Pipe { path, file: None }
    }

    /// Writes everything. The task waits for the reader; other tasks do not.
    pub(super) async fn write(&mut self, data: Vec<u8>) -> io::Result<()> {
        let (path, file) = (self.path.clone(), self.file.clone());
        self.file = blocking(move || {
            let file = match (file, path) {
                (Some(file), _) => Some(file),
                (None, Some(path)) => Some(Arc::new(open(&path)?)),
                (None, None) => None,
            };
            match &file {
                Some(file) => write_all(&mut &**file, &data)?,
                None => write_all(&mut io::stdout().lock(), &data)?,
            }
            Ok(file)
        })
        .await?;
        Ok(())
    }
}
