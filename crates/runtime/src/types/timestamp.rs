//! Times in a response.

use std::cmp::Ordering;
use std::fmt::{self, Debug, Display, Formatter};
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::parse::{exact, nearest};
use crate::field::{Field, Shape, text};

mod parse;

/// A point in time, `format: date-time` in the contract.
///
/// The service may leave out the offset; such a time is UTC. Comparison is that of the instants, `Display` writes UTC in
/// RFC 3339, and `Serialize` writes the text exactly as it came.
///
/// A text that names no instant that this type can hold is kept as well, since one odd time must not cost a history:
/// [`is_exact`](Self::is_exact) says so. Its instant is as near as it gets: fewer digits, the end of the calendar, UTC
/// instead of a time zone without an offset; for a text that is no time, the beginning of the calendar, before all
/// others. `Display` then writes the text, and two such times are equal only if their texts are.
///
/// ```
/// use processing_results_runtime::Timestamp;
///
/// let time: Timestamp = "2026-03-01T09:30:00.25".parse()?;
/// assert_eq!(time, "2026-03-01T10:30:00.250+01:00".parse()?);
/// assert_eq!(time.to_string(), "2026-03-01T09:30:00.25Z");
/// assert_eq!(time.as_second(), 1_772_357_400); // of `jiff::Timestamp`
///
/// let end: Timestamp = "9999-12-31T23:59:59".parse()?;
/// assert!(!end.is_exact() && end > time);
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone)]
pub struct Timestamp {
    instant: jiff::Timestamp,
    is_exact: bool,
    text: Box<str>,
}

impl Timestamp {
    /// The instant, or the nearest to what the text says.
    #[must_use]
    pub fn get(&self) -> jiff::Timestamp {
        self.instant
    }

    /// The text as the service sent it.
    ///
    /// ```
    /// let time: processing_results_runtime::Timestamp = "2026-03-01T10:30+01:00".parse()?;
    /// assert_eq!(time.as_str(), "2026-03-01T10:30+01:00");
    /// assert_eq!(time.get().to_string(), "2026-03-01T09:30:00Z");
    /// # Ok::<(), processing_results_runtime::jiff::Error>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the instant is what the text says.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// From any text.
    fn of(text: &str) -> Self {
        text.parse().unwrap_or_else(|_| Timestamp::none(text))
    }

    /// From a text that is no time: before all others, as the order of a history needs some place for it.
    fn none(text: &str) -> Self {
        Timestamp {
            instant: jiff::Timestamp::MIN,
            is_exact: false,
            text: text.into(),
        }
    }

    /// Instants first; a text that stands for no instant is only equal to itself.
    fn order(&self) -> (jiff::Timestamp, Option<&str>) {
        (self.instant, (!self.is_exact).then_some(&*self.text))
    }
}

/// Fails for a text that is no time at all.
impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let exact = exact(text).map(|instant| (instant, true));
        let found = exact.or_else(|error| match nearest(text) {
            Some(instant) => Ok((instant, false)),
            None => Err(error),
        });
        found.map(|(instant, is_exact)| Timestamp {
            instant,
            is_exact,
            text: text.into(),
        })
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        Timestamp {
            instant,
            is_exact: true,
            text: instant.to_string().into(),
        }
    }
}

impl Deref for Timestamp {
    type Target = jiff::Timestamp;

    fn deref(&self) -> &jiff::Timestamp {
        &self.instant
    }
}

impl Debug for Timestamp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.is_exact {
            true => Display::fmt(&self.instant, f),
            false => Debug::fmt(&self.text, f),
        }
    }
}

impl Display for Timestamp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.is_exact {
            true => Display::fmt(&self.instant, f),
            false => f.write_str(&self.text),
        }
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.order().hash(state);
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from).map(|text| Timestamp::of(&text))
    }
}

impl Field for Timestamp {
    const SHAPE: Shape = Shape::Text;

    // Not parsed: each result begins with it.
    fn empty() -> Self {
        Timestamp::none("")
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_time_is_as_near_as_it_gets_and_says_so() {
        for (text, instant) in [
            (
                "9999-12-31T23:59:59",
                jiff::Timestamp::MAX.to_string().as_str(),
            ),
            (
                "9999-12-31T23:59:59.999999Z",
                jiff::Timestamp::MAX.to_string().as_str(),
            ),
            (
                "2026-01-02T03:04:05.123456789012Z",
                "2026-01-02T03:04:05.123456789Z",
            ),
            (
                "2026-01-02T03:04:05.1234567891",
                "2026-01-02T03:04:05.123456789Z",
            ),
            (
                "2026-01-02T03:04:05.1234567891+01:00",
                "2026-01-02T02:04:05.123456789Z",
            ),
            ("2026-01-02T03:04:05[Europe/Berlin]", "2026-01-02T03:04:05Z"),
            ("2026-01-02 03:04:05 UTC", "2026-01-02T03:04:05Z"),
            ("2026-01-02 03:04:05 CET", "2026-01-02T03:04:05Z"),
            ("2026-01-02T03:04:05 Europe/Berlin", "2026-01-02T03:04:05Z"),
            ("2026-01-02T24:00:00Z", "2026-01-03T00:00:00Z"),
            (
                "10000-01-01T00:00:00Z",
                jiff::Timestamp::MAX.to_string().as_str(),
            ),
            ("+123456-12-31", jiff::Timestamp::MAX.to_string().as_str()),
        ] {
            let time: Timestamp = text.parse().expect(text);
            assert!(!time.is_exact(), "{text}");
            assert_eq!(time.get().to_string(), instant, "{text}");
            assert_eq!((time.as_str(), time.to_string().as_str()), (text, text));
        }
    }

    #[test]
    fn a_text_that_is_no_time_is_kept_and_comes_first() {
        let read = |text: &str| serde_json::from_str::<Timestamp>(&format!("{text:?}")).unwrap();
        let [empty, word, real] = ["", "soon", "0001-01-01T00:00:00Z"].map(read);
        for text in ["soon", "soon CET", "20261-1", "10000-1-1", "CET"] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
        assert!(empty < word && word < real && word == read("soon"));
        assert!(!word.is_exact() && real.is_exact());
        assert_eq!(serde_json::to_string(&word).unwrap(), "\"soon\"");
    }
}
