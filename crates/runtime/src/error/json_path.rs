//! The path of the value at which a decoder stopped.
//!
//! It is only looked for when a response does not decode, by reading its text once more up to the line and column of the
//! decoder's error. Keeping a path while decoding would cost every call.
//!
//! ```text
//! {"processing_results": [{"result_id": "r-1"}, {"result_id": null}]}
//!                                                             ^ the decoder stopped here
//! processing_results[1].result_id                             its path
//! ```

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

use crate::json::scan::{skip_space, string_end, value_end};

/// Steps from the root of a text to a value in it.
#[derive(Default)]
pub(super) struct JsonPath<'a> {
    steps: Vec<Step<'a>>,
    /// Where the value begins.
    pub(super) start: usize,
}

enum Step<'a> {
    /// As it is written, in its quotes.
    Key(&'a [u8]),
    Index(usize),
}

/// An object or array that is not at its end.
struct Container {
    start: usize,
    /// Steps to it.
    depth: usize,
    /// The next item; none in an object.
    index: Option<usize>,
}

impl<'a> JsonPath<'a> {
    /// Of the value that a decoder refused: the last that ends where the decoder
    /// stopped, or else the last that begins before. This holds of what is
    /// refused while it is read, as all of the contract's types do it.
    pub(super) fn of(text: &'a [u8], error: &serde_json::Error) -> Self {
        let lines = text.split_inclusive(|byte| *byte == b'\n');
        let before: usize = lines
            .take(error.line().saturating_sub(1))
            .map(<[u8]>::len)
            .sum();
        let read = text.get(..before + error.column()).unwrap_or(text);
        let mut path = JsonPath::default();
        path.walk(read);
        path
    }

    /// The path of a member with this key beside the value: a decoder that meets a key for the second time stops after it.
    pub(super) fn beside(mut self, key: &str) -> String {
        self.steps.pop();
        match self.steps.is_empty() {
            true => key.to_owned(),
            false => format!("{self}.{key}"),
        }
    }

    /// Goes through the values, as far as the text goes. Scalars are passed over; the text ends within or right behind the
    /// value that was refused, so the last step taken is the one to it.
    fn walk(&mut self, json: &'a [u8]) {
        let mut within: Vec<Container> = Vec::new();
        let mut at = skip_space(json, 0);
        self.start = at;
        while let Some(byte) = json.get(at) {
            let index = match byte {
                b'{' => Some(None),
                b'[' => Some(Some(0)),
                _ => None,
            };
            match index {
                Some(index) => {
                    let (start, depth) = (at, self.steps.len());
                    within.push(Container {
                        start,
                        depth,
                        index,
                    });
                    at += 1;
                }
                None => at = value_end(json, at),
            }
            match self.next(json, at, &mut within) {
                Some(next) => at = next,
                None => return,
            }
        }
    }

    /// Goes to the next value behind a value or an opening bracket, over the ends of what it was in. None at the end of the
    /// text, or where it is no JSON.
    fn next(&mut self, json: &'a [u8], at: usize, within: &mut Vec<Container>) -> Option<usize> {
        let mut at = skip_space(json, at);
        loop {
            let container = within.last_mut()?;
            match json.get(at)? {
                b',' => {}
                b']' | b'}' => {
                    self.steps.truncate(container.depth);
                    self.start = container.start;
                    within.pop();
                }
                _ => {
                    let (step, value) = match &mut container.index {
                        None => {
                            let end = string_end(json, at);
                            let colon = skip_space(json, end);
                            json.get(colon).filter(|byte| **byte == b':')?;
                            (Step::Key(&json[at..end]), skip_space(json, colon + 1))
                        }
                        Some(index) => {
                            *index += 1;
                            (Step::Index(*index - 1), at)
                        }
                    };
                    self.steps.truncate(container.depth);
                    self.steps.push(step);
                    self.start = value;
                    return Some(value);
                }
            }
            at = skip_space(json, at + 1);
        }
    }
}

/// As in `processing_results[0].processed_at`.
impl Display for JsonPath<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return f.write_str("the root");
        }
        for (position, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => f.write_str(&decoded(key))?,
                Step::Key(key) => write!(f, ".{}", decoded(key))?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A key without its quotes.
fn decoded(key: &[u8]) -> Cow<'_, str> {
    serde_json::from_slice::<String>(key).map_or_else(|_| String::from_utf8_lossy(key), Cow::Owned)
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
