//! Standard output, and the three ways to lose what is written to it.
//!
//! | what happens | exit code |
//! |---|---|
//! | the reader closes the pipe, as `head` does: it has enough | 0 |
//! | it cannot be written, as on a full disk | 1 |
//! | it was closed from the beginning (`>&-`), or open for reading alone | 1, before any work |

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(unix)]
use rustix::fs::OFlags;

use crate::exit::{Exit, Failure};
use crate::text::write_all;

/// Whether standard output was closed when the process began, or open for reading alone.
static IS_CLOSED: AtomicBool = AtomicBool::new(false);

// Before `main`, the standard library opens /dev/null in place of a closed standard output, and everything written there
// is lost without an error. Only what runs earlier can distinguish it from a /dev/null that was meant. What is
// written to one that is open for reading alone is lost in the same way. The macro requires
// the word `unsafe` for whatever runs before `main`; what runs is a safe system call and a store.
#[cfg(unix)]
ctor::declarative::ctor! {
    #[ctor(unsafe)]
    fn look() {
        let flags = rustix::fs::fcntl_getfl(rustix::stdio::stdout());
        let is_writable = flags.is_ok_and(|flags| flags & OFlags::ACCMODE != OFlags::RDONLY);
        IS_CLOSED.store(!is_writable, Ordering::Relaxed);
    }
}

/// An error if standard output was closed when the process began.
pub(crate) fn check() -> Result<(), Failure> {
    match IS_CLOSED.load(Ordering::Relaxed) {
        true => Err(Failure::output(
            "standard output is closed: redirect it to a file, or to /dev/null if it is not wanted",
        )),
        false => Ok(()),
    }
}

/// Writes everything that the command has to write. A reader that closes the pipe is no failure.
pub(crate) fn print(data: &[u8]) -> Result<(), Failure> {
    written(write_all(&mut io::stdout().lock(), data))
}

/// Does the same on another thread, so that signals are received while the reader pauses.
pub(crate) async fn print_apart(data: Vec<u8>) -> Result<(), Failure> {
    written(blocking(move || write_all(&mut io::stdout().lock(), &data)).await)
}

/// Writes a part of the output. If the reader closes the pipe, the command ends here with the exit code 0.
pub(crate) fn print_on(data: &[u8]) -> Result<(), Failure> {
    part_written(write_all(&mut io::stdout().lock(), data))
}

/// Does the same on another thread, so that calls continue and signals are received while the reader pauses.
pub(crate) async fn print_part(data: Vec<u8>) -> Result<(), Failure> {
    part_written(blocking(move || write_all(&mut io::stdout().lock(), &data)).await)
}

/// Does something that may block on another thread.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// The result of writing the complete output: a closed pipe is no failure.
pub(crate) fn written(result: io::Result<()>) -> Result<(), Failure> {
    match part_written(result) {
        Err(failure) if failure.exit == Exit::Done => Ok(()),
        written => written,
    }
}

/// The result of writing a part of the output: a closed pipe is a failure with the exit code 0, which ends the command.
fn part_written(result: io::Result<()>) -> Result<(), Failure> {
    result.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::reported(Exit::Done),
        _ => Failure::output(format!("the output cannot be written: {error}")),
    })
}
