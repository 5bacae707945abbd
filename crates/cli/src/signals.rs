//! SIGINT and SIGTERM, for commands that have something to bring to an end: `export` to a file, and `serve`.
//!
//! A thread of its own receives signals, so that neither work nor a blocked write delays them. After a signal the command
//! has a grace period to end by itself; then the process ends, whatever its threads do. Other commands leave signals to
//! the system, which ends them.

use std::process;
use std::sync::mpsc as blocking;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::exit::{Exit, Failure};
use crate::text;

/// Grace period after a second signal.
const SECOND_GRACE: Duration = Duration::from_secs(1);
/// Time for the last message, in case standard error blocks.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// A signal that asks the command to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// SIGINT, or Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl From<Signal> for Failure {
    fn from(signal: Signal) -> Self {
        match signal {
            Signal::Interrupt => Failure::new(Exit::Interrupted, "stopped by an interrupt"),
            Signal::Terminate => {
                Failure::new(Exit::Terminated, "stopped by a request to terminate")
            }
        }
    }
}

/// The signals since it was created.
pub(crate) struct Signals(mpsc::UnboundedReceiver<Signal>);

impl Signals {
    /// Begins to receive signals; they have no other effect any more. `grace` is the time that the command has to end by
    /// itself once a signal has arrived.
    pub(crate) fn new(grace: Duration) -> Self {
        let (sender, signals) = mpsc::unbounded_channel();
        let (installed, is_installed) = blocking::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            // Without a runtime, signals end the process at once, as usual.
            if let Ok(runtime) = runtime {
                runtime.block_on(watch(&sender, grace, &installed));
            }
        });
        // It fails if the thread has ended: then there are no signals to receive.
        let _ = is_installed.recv();
        Signals(signals)
    }

    /// Receives none: they are left to the system.
    pub(crate) fn none() -> Self {
        Signals(mpsc::unbounded_channel().1)
    }

    /// Waits for the next signal.
    pub(crate) async fn next(&mut self) -> Signal {
        match self.0.recv().await {
            Some(signal) => signal,
            None => std::future::pending().await,
        }
    }
}

/// Passes signals on, and ends the process if the command does not end by itself within the grace period.
async fn watch(
    signals: &mpsc::UnboundedSender<Signal>,
    grace: Duration,
    installed: &blocking::Sender<()>,
) {
    let mut caught = platform::caught();
    let _ = installed.send(());
    let mut signal = caught.next().await;
    let mut grace = grace;
    loop {
        // It fails when the command is about to end.
        let _ = signals.send(signal);
        tokio::select! {
            next = caught.next() => signal = next,
            () = tokio::time::sleep(grace) => end(signal),
        }
        grace = grace.min(SECOND_GRACE);
    }
}

/// Ends the process, whatever its threads do.
fn end(signal: Signal) -> ! {
    let failure = Failure::from(signal);
    let exit = failure.exit;
    thread::spawn(move || text::note(&format!("error: {}", failure.message())));
    thread::sleep(LAST_WORDS);
    process::exit(exit as i32)
}

#[cfg(unix)]
mod platform {
    use tokio::signal::unix::{Signal as Arrivals, SignalKind, signal};

    use super::Signal;

    /// SIGINT and SIGTERM; one that cannot be caught is missing.
    pub(super) struct UnixSignals([Option<Arrivals>; 2]);

    pub(super) fn caught() -> UnixSignals {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        UnixSignals(kinds.map(|kind| signal(kind).ok()))
    }

    impl UnixSignals {
        pub(super) async fn next(&mut self) -> Signal {
            let [interrupt, terminate] = &mut self.0;
            tokio::select! {
                () = arrival(interrupt) => Signal::Interrupt,
                () = arrival(terminate) => Signal::Terminate,
            }
        }
    }

    /// Waits for one of them. A signal that cannot be caught never arrives here: the system ends the process.
    async fn arrival(arrivals: &mut Option<Arrivals>) {
        let arrived = match arrivals {
            Some(arrivals) => arrivals.recv().await,
            None => None,
        };
        if arrived.is_none() {
            std::future::pending().await
        }
    }
}

#[cfg(not(unix))]
mod platform {
    use super::Signal;

    /// Ctrl-C, which is all that Windows has of these.
    pub(super) struct CtrlC;

    pub(super) fn caught() -> CtrlC {
        CtrlC
    }

    impl CtrlC {
        pub(super) async fn next(&mut self) -> Signal {
            match tokio::signal::ctrl_c().await {
                Ok(()) => Signal::Interrupt,
                Err(_) => std::future::pending().await,
            }
        }
    }
}
