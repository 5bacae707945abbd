//! How a request is sent: credentials, limits, attempts, and the pace and budget that clones share.
//!
//! A call goes through these files, and each is one concern of it:
//!
//! ```text
//! mod.rs        exec: the generator's hook; checks the route, sets the headers, makes the error
//! attempts.rs     the loop: wait for a turn, attempt, look at the outcome, again
//! turn.rs           the caller's rate limits, then the pace of all clones: when the request may go
//! attempt.rs        one request, sent once and read to its end; its failure by cause
//! body.rs             the body within its limit, without compression and byte order mark
//! driven.rs           time limits that do not run while the call is not polled
//! verdict.rs        what the outcome says about the service, and what follows
//! spans.rs          the span of an attempt, and the events of waits
//! ```
//!
//! What clones share is in mutexes, each locked for some arithmetic alone: see `lock`.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};
use reqwest::{Request, StatusCode};
use tokio::sync::Notify;
use tokio::time::Instant;

use self::spans::Destination;
use crate::error::{CallReport, Error, Secrets};
use crate::error_extension::into_hook_result;
use crate::http_client::Connections;
use crate::lock::lock;
use crate::pace::Pace;
use crate::rate_limit::RateLimiter;
use crate::response::{Limits, Response};
use crate::retry::{self, Budget};

mod attempt;
mod attempts;
mod body;
mod driven;
mod progress;
mod route;
mod settings;
mod spans;
#[cfg(test)]
mod tests;
mod turn;
mod verdict;

static API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// What a call of the generated client is sent with: credentials, limits, and what all clones share.
///
/// Clones share the pace that the service allows and the budget for retries.
#[derive(Clone)]
pub struct Transport {
    user_agent: HeaderValue,
    headers: Arc<HeaderMap>,
    authorization: Option<HeaderValue>,
    cookie: Option<HeaderValue>,
    /// What must not appear in an error, even if the service echoes it.
    secrets: Arc<Secrets>,
    connections: Option<Connections>,
    limits: Limits,
    destination: Destination,
    shared: Arc<Shared>,
    client_rate_limiter: RateLimiter,
    rate_limiter: RateLimiter,
    /// Whether waiting for the service's pace does not count for the deadline.
    is_patient: bool,
    report: Arc<Mutex<CallReport>>,
}

/// What all clones of a client share.
#[derive(Debug)]
struct Shared {
    pace: Mutex<Pace>,
    /// Wakes those who wait for the pace when it allows more than it said.
    changed: Notify,
    budget: Mutex<Budget>,
}

impl Shared {
    fn new(retry_budget: u32) -> Arc<Self> {
        Arc::new(Shared {
            pace: Mutex::default(),
            changed: Notify::new(),
            budget: Mutex::new(Budget::new(retry_budget)),
        })
    }
}

impl Debug for Transport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Transport {
    /// The limits of a call.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The limits of a call, to be changed.
    pub fn limits_mut(&mut self) -> &mut Limits {
        &mut self.limits
    }

    /// Attempts, waits and duration of the last call.
    #[must_use]
    pub fn report(&self) -> CallReport {
        lock(&self.report).clone()
    }

    /// The text without the credentials in use.
    #[doc(hidden)]
    #[must_use]
    pub fn scrub(&self, text: &str) -> String {
        self.secrets.scrub(text)
    }

    /// What is left of the pause that the service asked all clones to make.
    #[must_use]
    pub fn pause(&self) -> Duration {
        lock(&self.shared.pace).pause(Instant::now())
    }

    /// The generator's `exec` hook: sends the request, with retries, if its path is `route` below some prefix.
    ///
    /// A call that failed returns a response too, with our error in its extensions; see `error_extension`.
    ///
    /// Of `/api/v1/items/{item_id}/results` as the route, `/gateway/api/v1/items/a/results` is sent, and what an id such as
    /// `..` has made of it is not.
    ///
    /// # Errors
    /// None; the type is the hook's.
    pub async fn exec(
        &self,
        http: &reqwest::Client,
        route: &str,
        mut request: Request,
    ) -> reqwest::Result<reqwest::Response> {
        let (response, error) = match route::matches(route, request.url().path()) {
            true => self.call(http, &mut request).await,
            false => (Response::none(), Some(Error::off_route())),
        };
        Ok(into_hook_result(request.url(), response, error))
    }

    /// Sends the request until there is a response or no reason to retry. Without a success there is an error, and
    /// the response is the service's last one, for users of the raw client.
    async fn call(
        &self,
        http: &reqwest::Client,
        request: &mut Request,
    ) -> (Response, Option<Error>) {
        self.set_headers(request.headers_mut());
        let request = &*request;
        let started = Instant::now();
        *lock(&self.report) = CallReport::default();
        let used = Mutex::new(None);
        let attempt = async || {
            let pool = self.connections.as_ref().map(Connections::current);
            let http = pool.as_ref().map_or(http, |pool| &pool.http).clone();
            *lock(&used) = pool;
            attempt::send(&self.limits, &http, request).await
        };
        let silent = || {
            if let (Some(connections), Some(pool)) = (&self.connections, &*lock(&used)) {
                connections.renew(pool);
            }
        };
        let attempts = self.attempts(request, retry::random, silent, attempt);
        let (outcome, retry_after) = attempts.await;
        let report = {
            let mut report = lock(&self.report);
            report.elapsed = started.elapsed();
            report.clone()
        };
        match outcome {
            Ok(response) if response.status == StatusCode::OK => (response, None),
            Ok(response) => {
                let error = Error::from_response(&response, &self.secrets, retry_after, report);
                (response, Some(error))
            }
            Err(error) => {
                let error = Error::from_transport(error, &self.limits, retry_after, report);
                (Response::none(), Some(error))
            }
        }
    }

    /// Our headers last, so that no other can take their place: the caller's, then agent and encoding, then the credentials.
    fn set_headers(&self, headers: &mut HeaderMap) {
        // The generator adds it, but it is not documented.
        headers.remove(&API_VERSION);
        headers.reserve(4 + self.headers.len());
        for (name, value) in self.headers.iter() {
            headers.insert(name, value.clone());
        }
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        for (name, value) in [(AUTHORIZATION, &self.authorization), (COOKIE, &self.cookie)] {
            if let Some(value) = value {
                headers.insert(name, value.clone());
            }
        }
    }
}
