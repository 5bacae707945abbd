//! How a transport is made, and what is set on it.
//!
//! A transport is cheap to clone, and each request has one of its own: a setting of one request changes no other. What is
//! shared by all clones (pace, budget, the client's rate limit) has to be set before the first of them is made.

use std::sync::Arc;

use reqwest::header::{HeaderName, HeaderValue};

use super::spans::Destination;
use super::{Shared, Transport};
use crate::base_url::BaseUrl;
use crate::http_client::Connections;
use crate::rate_limit::RateLimiter;
use crate::response::Limits;

impl Transport {
    /// A transport without credentials, with a pace and a budget of its own.
    ///
    /// ```
    /// use processing_results_runtime::{Limits, Transport, bearer};
    ///
    /// let transport = Transport::new("example/1.0", Limits::default()).with_authorization(bearer("llx-1")?, "llx-1");
    /// assert!(!format!("{transport:?}").contains("llx"));
    /// # Ok::<(), processing_results_runtime::Error>(())
    /// ```
    #[must_use]
    pub fn new(user_agent: &'static str, limits: Limits) -> Self {
        Transport {
            user_agent: HeaderValue::from_static(user_agent),
            headers: Arc::default(),
            authorization: None,
            cookie: None,
            secrets: Arc::default(),
            connections: None,
            shared: Shared::new(limits.retry_budget),
            limits,
            destination: Destination::default(),
            client_rate_limiter: RateLimiter::default(),
            rate_limiter: RateLimiter::default(),
            is_patient: false,
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

    /// Adds to what errors, spans and messages do not repeat, in whatever form the service echoes it.
    fn with_secret(mut self, secret: &str) -> Self {
        Arc::make_mut(&mut self.secrets).push(secret);
        self
    }

    /// Spans of attempts are called `name`, and say that they go to `template` at `url`.
    #[must_use]
    pub fn with_destination(
        mut self,
        name: &'static str,
        template: &'static str,
        url: &BaseUrl,
    ) -> Self {
        self.destination = Destination {
            name,
            template,
            host: url.host.clone(),
            port: url.port,
        };
        self
    }

    /// Sends this header, too, unless it is one of ours. No error will repeat a value that is marked as sensitive.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if value.is_sensitive()
            && let Ok(secret) = value.to_str()
        {
            self = self.with_secret(secret);
        }
        Arc::make_mut(&mut self.headers).insert(name, value);
        self
    }

    /// Sends over these connections, whatever client a request comes with.
    #[must_use]
    pub fn with_connections(mut self, connections: Connections) -> Self {
        self.connections = Some(connections);
        self
    }

    /// Waits for this limiter before each attempt of each clone made from now on.
    #[must_use]
    pub fn with_client_rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.client_rate_limiter = limiter;
        self
    }

    /// Waits for this limiter, too, before each attempt.
    #[must_use]
    pub fn with_rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.rate_limiter = limiter;
        self
    }

    /// For one of many calls: what the service makes it wait counts neither for the deadline nor as a retry. With 1,000 ids
    /// and 20 requests a minute, a call late in the queue would otherwise fail for having come late.
    #[must_use]
    pub fn patient(mut self) -> Self {
        self.is_patient = true;
        self
    }

    /// The same transport, with a report of its own.
    #[must_use]
    pub fn for_one_call(mut self) -> Self {
        self.report = Arc::default();
        self
    }
}
