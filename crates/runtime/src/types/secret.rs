//! Credentials in a response.
//!
//! The service sends back the keys that a job was given. A history is debugged, logged and printed long before anybody
//! thinks of them, so the type itself does not print: not by `{:?}`, not within a struct, not in an assertion that fails.

use std::fmt::{self, Debug, Display, Formatter};

use serde::{Deserialize, Deserializer, Serialize};

use crate::field::{Field, Shape, text};

/// A credential in a response, `format: password` in the contract.
///
/// `Debug` and `Display` never show the value, [`expose`](Self::expose) does.
/// `Serialize` writes it: that is the wire, and nothing may be lost there.
///
/// ```
/// use processing_results_runtime::Secret;
///
/// let key = Secret::from("sk-example");
/// assert_eq!(format!("{key} {key:?}"), "*** ***");
/// assert_eq!(key.expose(), "sk-example");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(inline))]
pub struct Secret(String);

impl Secret {
    /// The value itself. Every place where a credential may leave the program has this word in it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(value: T) -> Self {
        Secret(value.into())
    }
}

impl Debug for Secret {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Display for Secret {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad("***")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from).map(Secret::from)
    }
}

impl Field for Secret {
    const SHAPE: Shape = Shape::Secret;

    fn empty() -> Self {
        Secret(String::new())
    }
}
