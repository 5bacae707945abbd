//! What progenitor needs adapted to generate the bindings from the contract.
//!
//! `build.rs` is the recipe; this crate has its steps. The contract is never corrected here. What the generator cannot
//! take is taken out or replaced, one module each:
//!
//! - [`take_cookie`]: cookie parameters, which the generator refuses;
//! - [`Contract::settings`]: the leaf types, which are hand-written;
//! - `enums`: string enums, which stay open to new values;
//! - `structs`: `Debug`, which must not show secrets, and `Deserialize` of large structs, which takes the compiler long;
//! - `simplify`: formats and error responses, which the generator takes too literally, and shared parameters;
//! - `call`: the call's parameters, which the generator passes by position, and what is deprecated;
//! - `jobs` and `regions`: what `x-typed-by` and `x-region` say.

mod adapt;
mod call;
mod enums;
mod facts;
mod fields;
mod generated;
mod impls;
mod jobs;
mod regions;
mod report;
mod schema;
mod settings;
mod simplify;
mod structs;

pub use adapt::{Contract, catch_panic, take_cookie};
pub use report::{CONTRACT, Report};
