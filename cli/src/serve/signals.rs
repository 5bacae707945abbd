//! The signals that stop the server.

/// Caught from when it is made.
pub(super) struct Signals {
    #[cfg(unix)]
    caught: [Option<tokio::signal::unix::Signal>; 2],
}

#[cfg(unix)]
impl Signals {
    pub(super) fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        Signals {
            caught: kinds.map(|kind| signal(kind).ok()),
        }
    }

    /// Until the next one arrives.
    pub(super) async fn next(&mut self) {
        let [interrupt, terminate] = &mut self.caught;
        tokio::select! {
            () = arrival(interrupt) => (),
            () = arrival(terminate) => (),
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
    pub(super) fn new() -> Self {
        Signals {}
    }

    /// Until the next one arrives.
    pub(super) async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
