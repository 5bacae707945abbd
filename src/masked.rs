//! Values without secrets, for people and logs.

use processing_results_runtime::__private::{Field, Masking, SensitiveNames, Shape, Unknown};
use processing_results_runtime::Json;
use serde::Serialize;
use serde_json::Value;

use crate::types::ItemProcessingResults;

static SENSITIVE: SensitiveNames = SensitiveNames::new(&ItemProcessingResults::SHAPE);

/// What this crate shows: a value whose meaning the contract does not know is shown as its type.
static MASKING: Masking = Masking {
    unknown: Unknown::Hidden,
    sensitive: &SENSITIVE,
    is_pretty: false,
};

/// A value of a generated type.
pub(crate) fn masked<T: Field + Serialize>(value: &T) -> Value {
    // Strings, numbers and maps with string keys always serialize.
    let json = Json::of(value).unwrap_or_default();
    text(json.raw(), &T::SHAPE)
}

/// A JSON text, given what the contract says about it.
pub(crate) fn text(json: &str, shape: &'static Shape) -> Value {
    let shown = MASKING.mask(json, shape);
    serde_json::from_str::<Json>(&shown).map_or(Value::Null, |json| json.value().clone())
}
