//! The mock's state, and how it selects a response.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};

use crate::item::Item;
use crate::parameters::{filters, validation_error};
use crate::{API_KEY, EXAMPLES, Response};
use processing_results::spec::SESSION_COOKIE;

/// Requests that are remembered unless configured otherwise.
const MAX_REQUESTS: usize = 10_000;

pub(crate) struct MockState {
    pub(crate) items: BTreeMap<String, Item>,
    pub(crate) api_key: String,
    pub(crate) session: Option<String>,
    /// Responses to send first, for any item.
    pub(crate) responses: VecDeque<Response>,
    /// Responses to a share of the requests, from 0 to 1.
    pub(crate) failures: Vec<(f64, Response)>,
    /// Responses to send first, for an item.
    pub(crate) item_responses: BTreeMap<String, VecDeque<Response>>,
    pub(crate) delay: Duration,
    pub(crate) truncate: Option<usize>,
    /// Requests that are remembered, the last ones.
    pub(crate) max_requests: usize,
    /// Why the server cannot do what it was configured to do.
    pub(crate) misconfiguration: Option<String>,
}

impl Default for MockState {
    fn default() -> Self {
        MockState {
            items: BTreeMap::new(),
            api_key: API_KEY.to_owned(),
            session: None,
            responses: VecDeque::new(),
            failures: Vec::new(),
            item_responses: BTreeMap::new(),
            delay: Duration::ZERO,
            truncate: None,
            max_requests: MAX_REQUESTS,
            misconfiguration: None,
        }
    }
}

/// Locks a mutex that no code panics with.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A number from 0 to 1, for failures at random.
fn random() -> f64 {
    // Each state has other keys, at random for the process.
    let hash = RandomState::new().build_hasher().finish();
    hash as f64 / u64::MAX as f64
}

/// A query, decoded.
pub(crate) type Pairs = [(String, String)];

impl MockState {
    pub(crate) fn response(&mut self, id: &str, query: &Pairs, headers: &HeaderMap) -> Response {
        if let Some(why) = &self.misconfiguration {
            return Response::misconfigured(why);
        }
        let mut response = match preferred(headers, "code").map(str::parse) {
            Some(Ok(code)) => Response::new(code),
            Some(Err(_)) => Response::misconfigured("`Prefer: code` is not a status"),
            None => {
                let next = self.next(id).or_else(|| self.failure());
                next.unwrap_or(Response::new(200))
            }
        };
        if response.is_default() {
            response.merge(self.default_response(id, query, headers));
        }
        let wanted = preferred(headers, "delay").and_then(|seconds| seconds.parse().ok());
        let wanted = wanted.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        for delay in [self.delay, wanted.unwrap_or_default()] {
            response.delay = response.delay.saturating_add(delay);
        }
        response.truncate = response.truncate.or(self.truncate);
        response.with_default_body()
    }

    fn next(&mut self, id: &str) -> Option<Response> {
        let of_item = self
            .item_responses
            .get_mut(id)
            .and_then(VecDeque::pop_front);
        of_item.or_else(|| self.responses.pop_front())
    }

    /// One of the failures that come at random, or none.
    fn failure(&self) -> Option<Response> {
        let mut rest = random();
        let hit = self.failures.iter().find(|(part, _)| {
            rest -= part;
            rest < 0.0
        });
        hit.map(|(_, response)| response.clone())
    }

    /// The item's response or a refusal, in the order in which the service checks.
    fn default_response(&self, id: &str, query: &Pairs, headers: &HeaderMap) -> Response {
        if !self.is_authorized(headers) {
            return Response::error(401, "Invalid authentication token")
                .header("www-authenticate", "Bearer");
        }
        let validation_errors: Vec<_> = query.iter().filter_map(validation_error).collect();
        if !validation_errors.is_empty() {
            return Response::error(422, validation_errors);
        }
        let value = |wanted: &str| query.iter().rev().find(|(name, _)| name == wanted);
        let narrowed = filters().find_map(|name| Some((name, value(name)?.1.as_str())));
        let response = |item: &Item| Response::new(200).body(item.response(narrowed));
        if let Some(name) = preferred(headers, "example") {
            let example = EXAMPLES.iter().find(|(example, _)| *example == name);
            let item = example.and_then(|(_, json)| Item::read((*json).to_owned()).ok());
            return item.as_ref().map_or_else(
                || Response::misconfigured(&format!("no example is named {name:?}")),
                response,
            );
        }
        let is_in = |item: &&Item| {
            let mut scope = item.scope.iter();
            scope.all(|(name, owner)| value(name).is_none_or(|(_, asked)| asked == owner))
        };
        let item = self.items.get(id).filter(is_in);
        item.map_or_else(
            || Response::error(404, format!("there is no item {id:?}")),
            response,
        )
    }

    fn is_authorized(&self, headers: &HeaderMap) -> bool {
        let values = |name| {
            headers
                .get_all(name)
                .iter()
                .filter_map(|value| value.to_str().ok())
        };
        let is_key = |value: &str| {
            let (scheme, key) = value.split_once(' ').unwrap_or_default();
            scheme.eq_ignore_ascii_case("bearer") && key.trim() == self.api_key
        };
        let is_session = |pair: &str| {
            let (name, value) = pair.trim().split_once('=').unwrap_or_default();
            name == SESSION_COOKIE && Some(value) == self.session.as_deref()
        };
        values(AUTHORIZATION).any(is_key)
            || values(COOKIE)
                .flat_map(|value| value.split(';'))
                .any(is_session)
    }
}

/// The value of a preference in `Prefer` headers (RFC 7240).
fn preferred<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let values = headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let pairs = values
        .flat_map(|value| value.split([',', ';']))
        .filter_map(|pair| pair.split_once('='));
    let mut pairs = pairs.map(|(name, value)| (name.trim(), value.trim().trim_matches('"')));
    pairs
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value)
}
