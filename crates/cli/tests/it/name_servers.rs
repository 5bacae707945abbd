//! Names that nobody resolves: the resolver of the system cannot be interrupted, and the command ends all the same.

use std::net::UdpSocket;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::serving::Directory;
use crate::support::{KEY, Run, command, signal};

const NAME_SERVERS: [&str; 3] = ["127.0.0.5", "127.0.0.6", "127.0.0.7"];

/// The command in a mount namespace of its own, with these name servers; none where that is not allowed.
fn with_name_servers(directory: &Directory, args: &[&str]) -> Option<Command> {
    let mut probe = Command::new("unshare");
    if !probe.args(["-m", "true"]).status().ok()?.success() {
        return None;
    }
    let lines = NAME_SERVERS.map(|server| format!("nameserver {server}\n"));
    directory.write("resolv.conf", &lines.concat());
    let plain = command(args);
    let mut unshare = Command::new("unshare");
    let script = "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"";
    unshare.args(["-m", "sh", "-c", script]);
    unshare.arg(directory.0.join("resolv.conf"));
    unshare.arg(plain.get_program()).args(args);
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => unshare.env(name, value),
            None => unshare.env_remove(name),
        };
    }
    unshare.env("LLAMA_CLOUD_API_KEY", KEY);
    Some(unshare)
}

/// Needs a machine where tests may have name servers of their own; elsewhere it says so and looks at nothing.
#[test]
fn a_name_that_is_not_resolved_holds_up_nothing() {
    let silent: Result<Vec<_>, _> = NAME_SERVERS
        .iter()
        .map(|server| UdpSocket::bind((*server, 53)))
        .collect();
    let directory = Directory::new("name-servers");
    let url = ["--base-url", "https://api.example.org"];
    directory.write("ids", "item-1\nitem-2\n");
    let ids = directory.0.join("ids");
    let export = ["export", "--items", ids.to_str().unwrap()];
    for (args, interrupted) in [
        (&["get", "item-1", "--timeout", "1s"][..], false),
        (&["doctor", "--timeout", "1s"], false),
        (&["get", "item-1", "--timeout", "60s"], true),
        (&export, true),
    ] {
        let args = [args, &url].concat();
        let (Ok(_), Some(mut command)) = (&silent, with_name_servers(&directory, &args)) else {
            eprintln!("not tested: this machine allows no name servers of one's own");
            return;
        };
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut begin = Instant::now();
        if interrupted {
            std::thread::sleep(Duration::from_secs(1));
            begin = Instant::now();
            signal(&child, "TERM");
        }
        let run = Run::from(child.wait_with_output().unwrap());
        let took = begin.elapsed();
        assert!(took < Duration::from_secs(4), "{args:?}: {took:?}");
        // Killed by the signal, or ended because of it.
        assert!(
            !interrupted || matches!(run.code, None | Some(143)),
            "{args:?}: {:?} {}",
            run.code,
            run.stderr
        );
        let says = format!("{}{}", run.stdout, run.stderr);
        assert!(
            interrupted || says.contains("no response within the deadline of 1 s"),
            "{args:?}: {says}"
        );
    }
}
