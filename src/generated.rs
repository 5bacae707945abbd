//! The only window to what the build generates from the contract.

// The generator writes plain code for every contract; these are about style
// and about items that this contract does not use.
#![allow(
    clippy::all,          // style of generated code is the generator's
    clippy::unwrap_used,  // its constructor unwraps; ours does not call it
    missing_docs,         // the generator's own items; each field has the contract's description
    deprecated,           // what is deprecated in the contract is read and written all the same
    dead_code,            // its constructor and prelude
    unused_imports        // its prelude
)]

use processing_results_runtime::Transport;
use reqwest::{Request, Response};

use crate::spec;

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

impl ClientHooks<Transport> for Client {
    async fn exec(&self, request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        self.inner().exec(self.client(), spec::PATH, request).await
    }
}
