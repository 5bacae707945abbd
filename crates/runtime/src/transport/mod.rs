//! How a request is sent: credentials, limits, attempts, and the pause and budget that clones share.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};
use reqwest::{Request, StatusCode};
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::error::{CallReport, Error, request_id};
use crate::error_extension::into_hook_result;
use crate::rate_limit::RateLimiter;
use crate::response::{Limits, Response, TransportError};
use crate::retry::{self, Budget, Pause};

mod attempt;
mod body;
mod route;
mod spans;
#[cfg(test)]
mod tests;

static API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// What a call of the generated client is sent with: credentials, limits, and what all clones share.
///
/// Clones share the pause that the service asked for and the budget for retries.
#[derive(Clone)]
pub struct Transport {
    user_agent: HeaderValue,
    authorization: Option<HeaderValue>,
    cookie: Option<HeaderValue>,
    /// What must not appear in an error, even if the service echoes it.
    secrets: Arc<Vec<String>>,
    limits: Limits,
    shared: Arc<Shared>,
    rate_limiter: RateLimiter,
    report: Arc<Mutex<CallReport>>,
}

/// What all clones of a client share.
#[derive(Debug, Default)]
struct Shared {
    pause: Mutex<Pause>,
    budget: Mutex<Budget>,
}

impl Debug for Transport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Transport {
    /// A transport without credentials, with a pause and a budget of its own.
    #[must_use]
    pub fn new(user_agent: &'static str, limits: Limits) -> Self {
        Transport {
            user_agent: HeaderValue::from_static(user_agent),
            authorization: None,
            cookie: None,
            secrets: Arc::default(),
            limits,
            shared: Arc::default(),
            rate_limiter: RateLimiter::default(),
            report: Arc::default(),
        }
    }

    /// Sends this `Authorization` header, made of `secret`, which no error will repeat.
    #[must_use]
    pub fn with_authorization(mut self, header: HeaderValue, secret: &str) -> Self {
        self.authorization = Some(header);
        self.with_secret(secret)
    }

    /// Sends this `Cookie` header, made of `secret`, which no error will repeat.
    #[must_use]
    pub fn with_cookie(mut self, header: HeaderValue, secret: &str) -> Self {
        self.cookie = Some(header);
        self.with_secret(secret)
    }

    fn with_secret(mut self, secret: &str) -> Self {
        Arc::make_mut(&mut self.secrets).push(secret.to_owned());
        self
    }

    /// Waits for this limiter before each attempt but the first, which the caller has waited for.
    #[must_use]
    pub fn with_rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.rate_limiter = limiter;
        self
    }

    /// The same transport, with a report of its own.
    #[must_use]
    pub fn for_one_call(mut self) -> Self {
        self.report = Arc::default();
        self
    }

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

    /// What is left of the pause that the service asked all clones to make.
    #[must_use]
    pub fn pause(&self) -> Duration {
        lock(&self.shared.pause).left(Instant::now())
    }

    /// The generator's `exec` hook: sends the request, with retries, if its path is `route` below some prefix.
    ///
    /// A call that failed returns a response too, with our error in its extensions; see `error_extension`.
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
        let attempt = |left| attempt::send(&self.limits, http, request, left);
        let (outcome, retry_after) = self.attempts(started, retry::random, attempt).await;
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

    fn set_headers(&self, headers: &mut HeaderMap) {
        // The generator adds it, but it is not documented.
        headers.remove(&API_VERSION);
        headers.reserve(4);
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        for (name, value) in [(AUTHORIZATION, &self.authorization), (COOKIE, &self.cookie)] {
            if let Some(value) = value {
                headers.insert(name, value.clone());
            }
        }
    }

    /// Attempts until there is a response or no reason to retry; also returns how long the service asked to wait.
    /// `random` gives numbers from 0 to 1.
    async fn attempts<F>(
        &self,
        started: Instant,
        random: impl Fn() -> f64,
        attempt: impl Fn(Duration) -> F,
    ) -> (Result<Response, TransportError>, Option<Duration>)
    where
        F: Future<Output = Result<Response, TransportError>>,
    {
        let left = || self.limits.deadline.saturating_sub(started.elapsed());
        loop {
            let pause = self.pause();
            if pause >= left() && !pause.is_zero() {
                return (Err(TransportError::Paused), Some(pause));
            }
            self.wait(pause).await;
            if lock(&self.report).attempts > 0 {
                // Before the first attempt, the caller has waited for the rate limiter.
                self.rate_limiter.ready().await;
            }

            let resend = lock(&self.report).start_attempt();
            let span = spans::attempt(resend);
            let outcome = attempt(left()).instrument(span.clone()).await;
            spans::record(span, &outcome);

            let retry_after = self.observe(&outcome, resend);
            let delay = retry::delay(resend, random(), retry_after);
            let retries = resend < self.limits.max_retries
                && retry::is_transient(&outcome)
                && delay < left()
                && lock(&self.shared.budget).take();
            if !retries {
                return (outcome, retry_after);
            }
            self.wait(delay).await;
        }
    }

    async fn wait(&self, delay: Duration) {
        if !delay.is_zero() {
            lock(&self.report).delays.push(delay);
            tracing::debug!(
                delay_ms = delay.as_millis(),
                "waiting before the next attempt"
            );
            sleep(delay).await;
        }
    }

    /// Updates what all clones share by an outcome; returns how long the service asks to wait.
    fn observe(&self, outcome: &Result<Response, TransportError>, resend: u32) -> Option<Duration> {
        let response = outcome.as_ref().ok()?;
        lock(&self.report).request_id = request_id(&response.headers, &self.secrets);
        if response.status == StatusCode::OK {
            if resend == 0 {
                lock(&self.shared.budget).refill();
            }
            return None;
        }
        let retry_after = retry::retry_after(&response.headers, SystemTime::now());
        if let (StatusCode::TOO_MANY_REQUESTS, Some(delay)) = (response.status, retry_after) {
            lock(&self.shared.pause).extend(Instant::now(), delay);
        }
        retry_after
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it holds one of our locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
