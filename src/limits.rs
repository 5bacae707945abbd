//! How long a client waits, how often it tries again, and how much it reads.

use std::time::Duration;

use crate::builder::ClientBuilder;

impl ClientBuilder {
    /// Time to connect, 5 s by default. A client of your own has its own.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect_timeout = limit;
        self
    }

    /// Time for one attempt, body included, 60 s by default.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt_timeout = limit;
        self
    }

    /// Time between two pieces of a response body, 30 s by default.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.limits.read_timeout = limit;
        self
    }

    /// Time for a complete call, all attempts and waits included, 5 min by
    /// default. A wait that does not fit ends the call at once.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.limits.deadline = limit;
        self
    }

    /// Retries after the first attempt, 5 by default; 0 is none.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.limits.max_retries = retries;
        self
    }

    /// Retries that all clones of the client can make in a row while the service fails, 100 by default, so that an
    /// outage does not multiply the load. A response that needed no retry gives back a fifth of one; a retry that the
    /// service asked for takes none.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.limits.retry_budget = retries;
        self
    }

    /// Upper bounds of the waits before retries, where the service did not ask for one: of the first, 0.5 s by default,
    /// which doubles with each retry, and of all, 8 s. In tests, some milliseconds save seconds.
    pub fn backoff(mut self, first: Duration, max: Duration) -> Self {
        self.limits.first_delay = first;
        self.limits.max_delay = max;
        self
    }

    /// The longest wait that the service may ask for, 2 min by default. A call that is asked to wait longer fails at
    /// once and says so; other calls continue after this time.
    pub fn max_retry_after(mut self, limit: Duration) -> Self {
        self.limits.max_retry_after = limit;
        self
    }

    /// Size at which a response is given up, counted after decompression,
    /// 64 MiB by default.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.limits.max_response_bytes = bytes;
        self
    }
}
