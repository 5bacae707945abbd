//! Leaf types that the generator is told to use, and what they share.

mod fill;
mod job_config;
mod open_enum;
mod secret;
mod show;
mod timestamp;
mod url;

pub(crate) use fill::{Fill, fill, put};
pub use job_config::JobConfig;
pub(crate) use open_enum::open_enum;
pub use secret::Secret;
pub(crate) use show::{Fields, Show, debug};
pub use timestamp::Timestamp;
pub use url::SensitiveUrl;
