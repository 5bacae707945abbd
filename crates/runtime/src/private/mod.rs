//! What generated code and the command call. Not public API: it changes with the code generator.

mod object;
mod open_enum;
mod regions;

pub use crate::changes::{Config, changes};
pub use crate::error::CarriesPartial;
pub use crate::field::{Field, Shape, from_json, text};
pub use crate::mask::{MASK, Masker, Masking, Names, SensitiveNames, Unknown};
pub use object::{Object, debug, read_into, read_object, write_field};
pub use {serde, serde_json};

#[doc(inline)]
pub use crate::{__open_enum as open_enum, __regions as regions};
