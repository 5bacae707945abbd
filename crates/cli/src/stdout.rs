//! Standard output.

use std::io;

use crate::exit::{Exit, Failure};
use crate::text::write_all;

/// Writes everything at once. A reader that closes the pipe is no failure.
pub(crate) fn print(data: &[u8]) -> Result<(), Failure> {
    written(write_all(&mut io::stdout().lock(), data))
}

/// Writes a part. A reader that closes the pipe ends the command, which is no failure either.
pub(crate) fn print_on(data: &[u8]) -> Result<(), Failure> {
    part_written(write_all(&mut io::stdout().lock(), data))
}

/// The same on another thread, so that calls go on and signals are heard while the reader pauses.
pub(crate) async fn print_part(data: Vec<u8>) -> Result<(), Failure> {
    part_written(blocking(move || write_all(&mut io::stdout().lock(), &data)).await)
}

/// Does what may block on another thread.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// What became of writing to standard output.
pub(crate) fn written(result: io::Result<()>) -> Result<(), Failure> {
    match part_written(result) {
        Err(failure) if failure.exit == Exit::Done => Ok(()),
        written => written,
    }
}

fn part_written(result: io::Result<()>) -> Result<(), Failure> {
    result.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::reported(Exit::Done),
        _ => Failure::new(
            Exit::Output,
            format!("the output cannot be written: {error}"),
        ),
    })
}
