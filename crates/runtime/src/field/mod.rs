//! The types of fields: how each is read, whether it is set, and what of it is secret.
//!
//! They are read leniently, since one odd value must not cost the rest: `10.0` is an integer, and half of a surrogate
//! pair in a text becomes U+FFFD.
//!
//! Generated structs read all of their fields through [`Field`], from JSON and from any other format. JSON is special in
//! one way: its texts are read as bytes, because the decoder refuses half of a surrogate pair in a text, and with it the
//! rest of the response.

mod containers;
mod read;
mod scalars;
mod shape;
mod strict;
mod text;

pub(crate) use self::containers::value;
pub use self::read::Field;
pub(crate) use self::read::{is_json, is_lenient};
pub use self::shape::Shape;
pub use self::strict::from_json;
pub(crate) use self::text::lossy;
pub use self::text::text;
