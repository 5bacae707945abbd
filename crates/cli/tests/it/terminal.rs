//! What is shown on a terminal while something takes long.

use std::net::TcpListener;
use std::process::Command;

use crate::support::{KEY, Run, Server};

/// Runs the command on a terminal with so many columns, and returns all that was drawn.
fn on_terminal(columns: u32, url: &str, args: &str) -> String {
    let binary = env!("CARGO_BIN_EXE_processing-results");
    let mut script = Command::new("script");
    let line = format!("stty rows 24 cols {columns}; {binary} {args} --base-url {url}");
    let output = script
        .args(["-qec", &line, "/dev/null"])
        .env("LLAMA_CLOUD_API_KEY", KEY)
        .env("TERM", "xterm-256color")
        .env_remove("COLUMNS")
        .output()
        .expect("script runs");
    Run::from(output).stdout
}

#[test]
fn a_wait_says_why_how_long_where_and_for_what_on_a_narrow_terminal_too() {
    let server = Server::raw(
        "HTTP/1.1 429 X\r\nretry-after: 2\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"
            .to_owned(),
    );
    for (columns, command) in [
        (80, "export"),
        (80, "duplicates"),
        (40, "report --out /dev/null"),
    ] {
        let args = format!("{command} invoice-0001 --timeout 5s");
        let drawn = on_terminal(columns, &server.url, &args);
        let wait = "items: rate limited, next try in 2 s (127.0.0.1, item invoice-0001)";
        assert!(drawn.contains(wait), "{command}: {drawn:?}");
        // A bar would leave no room for the word that says what is counted.
        assert!(drawn.contains("items "), "{command}: {drawn:?}");
    }
}

#[test]
fn a_server_that_does_not_respond_is_waited_for_visibly() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let args = "--timeout 2s --max-retries 0";
    for command in ["get", "latest", "diff"] {
        let drawn = on_terminal(80, &url, &format!("{command} item-1 {args}"));
        let wait = format!("waiting for {url} (item item-1)");
        assert!(drawn.contains(&wait), "{command}: {drawn:?}");
    }
    let drawn = on_terminal(80, &url, &format!("export item-1 item-2 {args}"));
    assert!(drawn.contains("0/2"), "{drawn:?}");
    let quiet = on_terminal(80, &url, &format!("get item-1 {args} --quiet"));
    assert!(!quiet.contains("waiting"), "{quiet:?}");
}
