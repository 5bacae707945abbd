//! Leaf types that the generator is told to use in place of a string.

mod secret;
mod timestamp;
mod url;

pub use secret::Secret;
pub use timestamp::Timestamp;
pub use url::SensitiveUrl;
