//! The OpenAPI contract of processing-results, read with positions and checked.
//!
//! `build.rs` of the bindings reads the YAML with [`Document::parse`], stops at any [`Finding`], and hands
//! [`Document::to_json`] to the generator. The command does the same without a build.
//!
//! ```
//! let findings = processing_results_contract::check("api.yaml", "openapi: 3.0.3\nopenapi: 3.0.3\n");
//! assert!(findings[0].to_string().starts_with("api.yaml:2:1: duplicate-key:"));
//! ```

mod document;
mod finding;
mod report;
pub mod rules;
mod yaml;

pub use document::{Document, check};
pub use finding::{Finding, Position};
