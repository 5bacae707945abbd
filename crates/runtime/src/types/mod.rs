//! The types of fields that are not plain Rust types.

mod json;
mod json_object;
mod secret;
mod timestamp;
mod url;

pub use json::Json;
pub use json_object::JsonObject;
pub use secret::Secret;
pub use timestamp::Timestamp;
pub use url::SensitiveUrl;
pub(crate) use url::{hidden as hidden_in_url, webhook};
