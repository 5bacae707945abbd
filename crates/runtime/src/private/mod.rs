//! What generated code calls. Not public API: it changes with the code generator.

mod decode_fields;
mod open_enum;
mod redact;
mod regions;

pub use decode_fields::{DecodeFields, decode_fields, read_into};
pub use redact::{Fields, Redact, debug};
pub use {serde, serde_json};

#[doc(inline)]
pub use crate::{__open_enum as open_enum, __regions as regions};
