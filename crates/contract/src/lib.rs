//! The OpenAPI contract of processing-results, read with positions and checked.
//!
//! `build.rs` of the bindings reads the YAML with [`Document::parse`], stops at any [`Finding`], and hands
//! [`Document::to_json`] to the generator. The command does the same without a build.
//!
//! ```
//! let findings = processing_results_contract::check("api.yaml", "openapi: 3.0.3\nopenapi: 3.0.3\n");
//! assert!(findings.iter().any(|finding| finding.rule == "duplicate-key" && finding.line == 2));
//! ```
//!
//! Where to find what: `yaml` reads the text, `document` has the result, `spec` finds things in it by OpenAPI's terms,
//! and [`rules`] looks for mistakes. `meaning` is the document apart from its spelling, which [`diff`], [`upstream`] and
//! [`wire`] walk. `instance` holds JSON against schemas, for [`drift`] and for examples. [`edit`] changes the text in
//! place, for `fix`, [`drift`] and [`upstream`].

mod accessors;
mod additions;
#[cfg(feature = "command")]
pub mod command;
mod complaints;
mod credential;
mod describe;
pub mod diff;
mod document;
mod drafts;
pub mod drift;
pub mod edit;
mod extensions;
mod finding;
mod fix;
mod instance;
mod meaning;
mod nearest;
mod page;
pub mod render;
mod report;
mod rule;
pub mod rules;
mod rust_name;
pub mod show;
mod spec;
pub mod text;
pub mod upstream;
pub mod wire;
mod yaml;

pub use credential::is_credential;
pub use document::{Document, check};
pub use extensions::{FieldDefault, Server, TypedBy};
pub use finding::{Finding, Position};
pub use fix::fix;
pub use rust_name::variant_name;

/// The examples of the README compile and hold.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
