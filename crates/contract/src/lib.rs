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
//! # What is where
//!
//! - A document: [`Document`], its [`Finding`]s, and the [`rules`] behind them. [`render`] writes findings for
//!   a reader, and [`fix`](fix()) makes the mechanical edits that some of them ask for; [`edit`] is how an edit
//!   keeps everything else.
//! - Two documents: [`diff`] compares what they mean, on the wire and in Rust; [`upstream`] compares the
//!   contract with what the vendor publishes, and writes the edits that follow it.
//! - A document and the service: [`drift`] compares real responses with the schemas, [`wire`] lists what is
//!   sent and received.
//! - For people: [`show`] lays out components as rows, [`text`] escapes what a terminal would act on.
//! - Below these: `yaml` reads the text, `spec` finds things in it by OpenAPI's terms, `meaning` is the document
//!   apart from its spelling, and `instance` holds JSON against schemas.
//!
//! Nothing here opens a file, reaches the network, or prints, but the command behind the feature `command`.

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
pub use nearest::nearest;
pub use rust_name::variant_name;

/// The examples of the README compile and hold.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
