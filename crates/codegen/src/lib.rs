//! What progenitor needs adapted, and how the bindings come from the contract.

mod codegen;
mod enums;
mod parameters;
mod report;
mod structs;

pub use codegen::{bindings, facts};
pub use report::{CONTRACT, Report};
