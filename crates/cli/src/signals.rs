//! The signals that stop a command which has something to bring to an end.
//!
//! A thread of its own waits for signals, so that neither work nor a blocked write can keep one from being
//! heard. Commands without something to bring to an end leave signals to the system.

use std::process;
use std::sync::mpsc as blocking;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::exit::{Exit, Failure};
use crate::text;

/// Time after a second signal.
const SECOND_GRACE: Duration = Duration::from_secs(1);
/// Time for the last message, if standard error blocks.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Signals that ask the command to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Interrupt,
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

/// Signals from when it was made. A thread of its own receives them: they are heard whatever the others do.
pub(crate) struct Signals(mpsc::UnboundedReceiver<Signal>);

impl Signals {
    /// Once a signal has arrived, the command has this time to end by itself.
    pub(crate) fn new(grace: Duration) -> Self {
        let (sender, signals) = mpsc::unbounded_channel();
        let (installed, is_installed) = blocking::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            // Without a runtime signals have their usual effect: they end the process.
            if let Ok(runtime) = runtime {
                runtime.block_on(watch(&sender, grace, &installed));
            }
        });
        // It fails if the thread has ended, and then there is nothing to wait for.
        let _ = is_installed.recv();
        Signals(signals)
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) -> Signal {
        match self.0.recv().await {
            Some(signal) => signal,
            None => std::future::pending().await,
        }
    }
}

/// Passes signals on, and ends the process if the command does not end by itself in time.
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
        // Nobody receives it any more when the command is about to end.
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

    /// One that cannot be caught ends the process by itself.
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
