//! The path of the value at which a decoder stopped.

use std::fmt::{self, Display, Formatter};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// Steps from the root of a text to a value in it.
pub(super) struct JsonPath(Vec<Step>);

enum Step {
    Key(String),
    Index(usize),
}

impl JsonPath {
    /// Of the value that a decoder refused: the last that ends where the decoder
    /// stopped, or else the last that begins before. This holds of what is
    /// refused while it is read, as all of the contract's types do it.
    pub(super) fn of(text: &[u8], error: &serde_json::Error) -> Self {
        let lines = text.split_inclusive(|byte| *byte == b'\n');
        let before: usize = lines
            .take(error.line().saturating_sub(1))
            .map(<[u8]>::len)
            .sum();
        let read = text.get(..before + error.column()).unwrap_or(text);
        let mut path = Vec::new();
        // Ends with an error wherever the text was cut; that is what shows the place.
        let _ =
            Walk { path: &mut path }.deserialize(&mut serde_json::Deserializer::from_slice(read));
        JsonPath(path)
    }

    /// What is there.
    pub(super) fn find<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(root, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        })
    }
}

/// As in `processing_results[0].processed_at`.
impl Display for JsonPath {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("the root");
        }
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Reads a value, and leaves the path at the last member that was begun.
struct Walk<'a> {
    path: &'a mut Vec<Step>,
}

/// A member of what lies `depth` steps down.
struct Member<'a> {
    path: &'a mut Vec<Step>,
    depth: usize,
    step: Step,
}

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.path.truncate(self.depth);
        self.path.push(self.step);
        Walk { path: self.path }.deserialize(from)
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let depth = self.path.len();
        while let Some(key) = map.next_key()? {
            let (path, step) = (&mut *self.path, Step::Key(key));
            map.next_value_seed(Member { path, depth, step })?;
        }
        self.path.truncate(depth);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let depth = self.path.len();
        for step in (0..).map(Step::Index) {
            let path = &mut *self.path;
            if items
                .next_element_seed(Member { path, depth, step })?
                .is_none()
            {
                break;
            }
        }
        self.path.truncate(depth);
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_as_a_whole_is_the_place() {
        for (text, place) in [
            (r#"{"a": [[1, 2], [3]]}"#, "a[1]"),
            (r#"{"a": [[1, 2], [] ], "b": []}"#, "a[1]"),
            ("{\"\": [\n\n[1, 2]\n, [1\n] ]}", "[1]"),
            (r#"{"a": [[1, "2"]]}"#, "a[0][1]"),
        ] {
            type Pairs = std::collections::BTreeMap<String, Vec<[i64; 2]>>;
            let error = serde_json::from_str::<Pairs>(text).unwrap_err();
            let found = JsonPath::of(text.as_bytes(), &error).to_string();
            assert_eq!(found, place, "{text}: {error}");
        }
    }
}
