//! Times in a response.

use std::cmp::Ordering;
use std::fmt::{self, Debug, Display, Formatter};
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use jiff::{civil::DateTime, fmt::temporal::Pieces, tz::TimeZone};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::__private::Redact;

/// A point in time, `format: date-time` in the contract.
///
/// The service may leave out the offset; such a time is UTC. Comparison is
/// that of the instants, `Display` writes UTC in RFC 3339, and `Serialize`
/// gives back the text that came, to the letter.
///
/// ```
/// use processing_results_runtime::Timestamp;
///
/// let time: Timestamp = "2026-03-01T09:30:00.25".parse()?;
/// assert_eq!(time, "2026-03-01T10:30:00.250+01:00".parse()?);
/// assert_eq!(time.to_string(), "2026-03-01T09:30:00.25Z");
/// assert_eq!(time.as_second(), 1_772_357_400); // of `jiff::Timestamp`
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone)]
pub struct Timestamp {
    instant: jiff::Timestamp,
    text: Box<str>,
}

impl Timestamp {
    /// The instant.
    #[must_use]
    pub fn get(&self) -> jiff::Timestamp {
        self.instant
    }

    /// The text as the service sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let instant = text.parse::<jiff::Timestamp>().or_else(|error| {
            // An offset out of range or a zone without one is not UTC.
            let is_bare = Pieces::parse(text).is_ok_and(|pieces| {
                pieces.offset().is_none() && pieces.time_zone_annotation().is_none()
            });
            match text.parse::<DateTime>() {
                Ok(time) if is_bare => TimeZone::UTC.to_timestamp(time),
                _ => Err(error),
            }
        });
        instant.map(|instant| Timestamp {
            instant,
            text: text.into(),
        })
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        Timestamp {
            instant,
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
        Display::fmt(&self.instant, f)
    }
}

impl Display for Timestamp {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.instant, f)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.instant == other.instant
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
        self.instant.cmp(&other.instant)
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant.hash(state);
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Timestamp;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("a date and time")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse()
                    .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        from.deserialize_str(Text)
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

impl Redact for Timestamp {
    fn masked(&self) -> Value {
        self.as_str().into()
    }
}
