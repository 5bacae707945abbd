//! The signals that stop a command which has something to bring to an end.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Interrupt,
    Terminate,
}

/// Caught from when it is made.
pub(crate) struct Signals {
    #[cfg(unix)]
    caught: [Option<tokio::signal::unix::Signal>; 2],
}

#[cfg(unix)]
impl Signals {
    pub(crate) fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        Signals {
            caught: kinds.map(|kind| signal(kind).ok()),
        }
    }

    /// Until the next one arrives.
    pub(crate) async fn next(&mut self) -> Signal {
        let [interrupt, terminate] = &mut self.caught;
        tokio::select! {
            () = arrival(interrupt) => Signal::Interrupt,
            () = arrival(terminate) => Signal::Terminate,
        }
    }
}

/// One that cannot be caught stops the process by itself.
#[cfg(unix)]
async fn arrival(signal: &mut Option<tokio::signal::unix::Signal>) {
    let arrived = match signal {
        Some(signal) => signal.recv().await,
        None => None,
    };
    if arrived.is_none() {
        std::future::pending().await
    }
}

#[cfg(not(unix))]
impl Signals {
    pub(crate) fn new() -> Self {
        Signals {}
    }

    /// Until the next one arrives.
    pub(crate) async fn next(&mut self) -> Signal {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Signal::Interrupt,
            Err(_) => std::future::pending().await,
        }
    }
}
