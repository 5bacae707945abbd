//! Reading without leniency, which is faster, as long as nothing needs it.
//!
//! As bytes, serde_json reads a text without a check for UTF-8, which then is made of each text again; as text, the input
//! was checked once for all. Which of both is read a deserializer cannot say, so the thread remembers it.

use std::cell::Cell;

use serde::Deserialize;

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
}

/// Whether [`from_json`] makes its first attempt.
pub(super) fn is_on() -> bool {
    IS_ON.get()
}

/// Reads JSON: strictly, and again leniently if that fails. Nearly all JSON is read once, in four fifths of the time.
///
/// # Errors
/// Those of reading leniently.
pub fn from_json<'de, T: Deserialize<'de>>(json: &'de str) -> serde_json::Result<T> {
    strictly(json).or_else(|_| serde_json::from_str(json))
}

fn strictly<'de, T: Deserialize<'de>>(json: &'de str) -> serde_json::Result<T> {
    /// Restores what was, also after a panic.
    struct Before(bool);

    impl Drop for Before {
        fn drop(&mut self) {
            IS_ON.set(self.0);
        }
    }

    let _before = Before(IS_ON.replace(true));
    serde_json::from_str(json)
}
