//! Refuses a target without sockets before anything else is built, and with one sentence: its dependencies would need
//! minutes to fail with sentences of their own.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let family = std::env::var("CARGO_CFG_TARGET_FAMILY").unwrap_or_default();
    if family.split(',').any(|family| family == "wasm") {
        println!(
            "cargo::error=processing-results needs sockets and timers, which wasm does not have: call it from a server"
        );
    }
}
