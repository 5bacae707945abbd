//! How a request travels: credentials, limits, attempts. It hooks into the
//! generated client, so that the raw client travels the same way.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::header::{
    ACCEPT_ENCODING, AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};
use reqwest::{Request, Response, ResponseBuilderExt, StatusCode};
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::error::{Answered, request_id};
use crate::generated::{Client, URL_TEMPLATE};
use crate::pace::Pace;
use crate::retry::{self, Budget, Pause};
use crate::{CallReport, Error};

mod attempt;
mod body;
#[cfg(test)]
mod tests;

pub(crate) use attempt::{Answer, Failure};

static API_VERSION: HeaderName = HeaderName::from_static("api-version");
const AGENT: &str = concat!("processing-results/", env!("CARGO_PKG_VERSION"));

/// Limits of one call.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) attempt_timeout: Duration,
    pub(crate) read_idle: Duration,
    pub(crate) deadline: Duration,
    pub(crate) retries: u32,
    pub(crate) response_bytes: u64,
}

/// What a call of the generated client travels with. It comes from
/// [`Client::api`](crate::Client::api).
#[derive(Clone)]
pub struct Transport {
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) cookie: Option<HeaderValue>,
    /// What must not appear in an error, whatever the service echoes.
    pub(crate) secrets: Arc<Vec<String>>,
    pub(crate) limits: Limits,
    pub(crate) shared: Arc<Shared>,
    pub(crate) pace: Pace,
    pub(crate) report: Arc<Mutex<CallReport>>,
}

/// What all clones of a client share.
#[derive(Debug, Default)]
pub(crate) struct Shared {
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

/// The error of a call, carried through the generated code in the response's
/// extensions.
#[derive(Clone)]
struct Carried(Arc<Mutex<Option<Error>>>);

/// Takes the error out again.
pub(crate) fn carried(response: &mut Response) -> Option<Error> {
    let carried = response.extensions_mut().remove::<Carried>()?;
    lock(&carried.0).take()
}

impl ClientHooks<Transport> for Client {
    async fn exec(&self, mut request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let (answer, error) = match is_on_route(request.url().path()) {
            true => self.inner().call(self.client(), &mut request).await,
            false => (Answer::none(), Some(Error::off_route())),
        };
        // Without an address, reqwest would make one up, and parse it.
        let (mut parts, ()) = http::Response::builder()
            .url(request.url().clone())
            .body(())
            .unwrap_or_default()
            .into_parts();
        parts.status = answer.status;
        parts.headers = answer.headers;
        if let Some(error) = error {
            parts
                .extensions
                .insert(Carried(Arc::new(Mutex::new(Some(error)))));
        }
        Ok(http::Response::from_parts(parts, answer.body).into())
    }
}

impl Transport {
    /// Sends the request until there is an answer or no point in going on.
    /// Without a success, the error says all there is to say; the answer is
    /// then what the service said last, for users of the raw client.
    async fn call(&self, http: &reqwest::Client, request: &mut Request) -> (Answer, Option<Error>) {
        self.dress(request.headers_mut());
        let request = &*request;
        let started = Instant::now();
        *lock(&self.report) = CallReport::default();
        let attempt = |left| self.limits.attempt(http, request, left);
        let (outcome, asked) = self.attempts(started, retry::random, attempt).await;
        let report = {
            let mut report = lock(&self.report);
            report.elapsed = started.elapsed();
            report.clone()
        };
        match outcome {
            Ok(answer) if answer.status == StatusCode::OK => (answer, None),
            Ok(answer) => {
                let error = Error::from_answer(&answer, &self.secrets, asked, report);
                (answer, Some(error))
            }
            Err(failure) => {
                let error = Error::from_failure(failure, &self.limits, asked, report);
                (Answer::none(), Some(error))
            }
        }
    }

    fn dress(&self, headers: &mut HeaderMap) {
        // Not documented, so not sent; the generator adds it.
        headers.remove(&API_VERSION);
        headers.reserve(4);
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        for (name, value) in [(AUTHORIZATION, &self.authorization), (COOKIE, &self.cookie)] {
            if let Some(value) = value {
                headers.insert(name, value.clone());
            }
        }
    }

    /// Attempts until there is an answer or no point in going on; also how long
    /// the service asked to wait. `random` gives numbers from 0 to 1.
    async fn attempts<F>(
        &self,
        started: Instant,
        random: impl Fn() -> f64,
        attempt: impl Fn(Duration) -> F,
    ) -> (Result<Answer, Failure>, Option<Duration>)
    where
        F: Future<Output = Result<Answer, Failure>>,
    {
        let left = || self.limits.deadline.saturating_sub(started.elapsed());
        loop {
            let pause = self.pause();
            if pause >= left() && !pause.is_zero() {
                return (Err(Failure::Paused), Some(pause));
            }
            self.wait(pause).await;
            if lock(&self.report).attempts > 0 {
                // Who sends the first one has waited for it.
                self.pace.turn().await;
            }

            let resend = lock(&self.report).begin();
            let span = attempt_span(resend);
            let outcome = attempt(left()).instrument(span.clone()).await;
            record(span, &outcome);

            let asked = self.learn(&outcome, resend);
            let delay = retry::delay(resend, random(), asked);
            let goes_on = resend < self.limits.retries
                && retry::is_transient(&outcome)
                && delay < left()
                && lock(&self.shared.budget).take();
            if !goes_on {
                return (outcome, asked);
            }
            self.wait(delay).await;
        }
    }

    /// What is left of the pause of all clones.
    pub(crate) fn pause(&self) -> Duration {
        lock(&self.shared.pause).left(Instant::now())
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

    /// What all clones learn from an outcome; and how long it asks to wait.
    fn learn(&self, outcome: &Result<Answer, Failure>, resend: u32) -> Option<Duration> {
        let answer = outcome.as_ref().ok()?;
        lock(&self.report).request_id = request_id(&answer.headers, &self.secrets);
        if answer.status == StatusCode::OK {
            if resend == 0 {
                lock(&self.shared.budget).refill();
            }
            return None;
        }
        let asked = retry::asked(&answer.headers, SystemTime::now());
        if let (StatusCode::TOO_MANY_REQUESTS, Some(delay)) = (answer.status, asked) {
            lock(&self.shared.pause).extend(Instant::now(), delay);
        }
        asked
    }
}

/// Whether the path is the documented one below some prefix. A parameter that
/// the URL parser took for a dot segment would have led elsewhere.
fn is_on_route(path: &str) -> bool {
    let is_slash = |byte: &u8| *byte == b'/';
    let mut segments = path.as_bytes().rsplit(is_slash);
    URL_TEMPLATE.as_bytes().rsplit(is_slash).all(|expected| {
        let found = segments.next();
        match expected {
            // What stands before the template's first slash is a prefix.
            b"" => true,
            [b'{', ..] => found.is_some_and(|found| !found.is_empty()),
            literal => found == Some(literal),
        }
    })
}

fn attempt_span(resend: u32) -> tracing::Span {
    let span = tracing::debug_span!(
        "attempt",
        http.request.resend_count = tracing::field::Empty,
        http.response.status_code = tracing::field::Empty,
        error.r#type = tracing::field::Empty,
    );
    if resend > 0 {
        span.record("http.request.resend_count", resend);
    }
    span
}

/// Names the outcome on a span, in OpenTelemetry's words, and closes it.
fn record(span: tracing::Span, outcome: &Result<Answer, Failure>) {
    let answered = match outcome {
        Ok(answer) => Answered::Status(answer.status),
        Err(failure) => Answered::Failure(failure),
    };
    answered.record(&span);
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it holds one of our locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
