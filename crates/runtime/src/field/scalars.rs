//! Booleans and numbers.

use std::fmt::{self, Formatter};

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use super::read::Field;
use super::shape::Shape;

impl Field for bool {
    const SHAPE: Shape = Shape::Boolean;

    fn empty() -> Self {
        false
    }
}

impl Field for f64 {
    const SHAPE: Shape = Shape::Number;

    fn empty() -> Self {
        0.0
    }
}

/// Numbers without a fraction, however they are written: `10`, `10.0` and `1e1` are the same to JSON (RFC 8259, section 6),
/// and a service in a language without integers writes what it likes. `10.5` and numbers beyond 64 bits are refused.
impl Field for i64 {
    const SHAPE: Shape = Shape::Number;

    fn empty() -> Self {
        0
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_i64(Integer)
    }
}

struct Integer;

impl Visitor<'_> for Integer {
    type Value = i64;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
        /// All integers up to here are floats, and no other number is rounded to one of them.
        const MAX: f64 = 9_007_199_254_740_992.0;
        match number.fract() == 0.0 && number.abs() < MAX {
            #[allow(clippy::cast_possible_truncation)] // just checked
            true => Ok(number as i64),
            false => Err(E::invalid_value(Unexpected::Float(number), &self)),
        }
    }
}
