//! Completions and the man page: everything that the command line has, and nothing else.

use std::process::Command;

use crate::support::run;

const COMMANDS: [&str; 11] = [
    "get",
    "latest",
    "diff",
    "duplicates",
    "export",
    "download",
    "report",
    "doctor",
    "serve",
    "spec",
    "completions",
];

/// The long options in the help of a command.
fn options(command: &str) -> Vec<String> {
    let help = run(&[command, "--help"]).stdout;
    let words = help
        .lines()
        .filter(|line| line.starts_with("  "))
        .flat_map(|line| line.trim_start().split([' ', ',']).take(3));
    let options = words.filter(|word| word.starts_with("--") && word.len() > 2);
    options.map(str::to_owned).collect()
}

fn is_here(command: &str) -> bool {
    command != "download" || cfg!(feature = "s3")
}

#[test]
fn bash_completes_the_options_of_every_command_and_their_values() {
    let script = r#"
        source <("$0" completions bash)
        COMP_WORDS=(processing-results "$@")
        COMP_CWORD=$#
        function=$(complete -p processing-results | sed 's/.* -F \([^ ]*\) .*/\1/')
        "$function" processing-results "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let completed = |words: &[&str]| -> Vec<String> {
        let output = Command::new("bash")
            .args(["-c", script, env!("CARGO_BIN_EXE_processing-results")])
            .args(words)
            .output()
            .expect("bash runs");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    for command in COMMANDS.into_iter().filter(|command| is_here(command)) {
        let found = completed(&[command, "--"]);
        for option in options(command)
            .iter()
            .filter(|option| option.starts_with("--"))
        {
            assert!(found.contains(option), "{command} {option}: {found:?}");
        }
    }
    assert_eq!(completed(&["exp"]), ["export"]);
    assert_eq!(completed(&["get", "a", "--region", ""]), ["na", "eu"]);
    assert_eq!(completed(&["get", "a", "-o", "c"]), ["csv"]);
}

#[test]
fn completions_know_every_command_and_option_in_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = run(&["completions", shell]).stdout;
        for command in COMMANDS.into_iter().filter(|command| is_here(command)) {
            assert!(text.contains(command), "{shell}: {command}");
            for option in options(command) {
                // Fish writes them as `-l name`.
                let bare = option.trim_start_matches('-');
                let is_there = text.contains(&option) || text.contains(&format!("-l {bare}"));
                assert!(is_there, "{shell}: {command} {option}");
            }
        }
        // The other two complete no values of options.
        let has_values = ["bash", "zsh", "fish"].contains(&shell);
        for value in ["ndjson", "parquet", "never"].iter().filter(|_| has_values) {
            assert!(text.contains(value), "{shell}: {value}");
        }
    }
    let unknown = run(&["completions", "tcsh"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.stderr.contains("possible values: bash"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn the_man_page_has_every_command_option_and_topic() {
    let page = run(&["man"]).stdout;
    assert!(
        page.contains(".TH processing-results 1"),
        "{}",
        &page[..300]
    );
    let plain = page
        .replace("\\-", "-")
        .replace("\\fB", "")
        .replace("\\fR", "")
        .replace("\\fI", "");
    for command in COMMANDS.into_iter().filter(|command| is_here(command)) {
        assert!(
            plain.contains(&format!("processing-results {command}")),
            "{command}"
        );
        let found = options(command);
        assert!(found.len() >= 4, "{command}: {found:?}");
        for option in found {
            assert!(plain.contains(&option), "{command} {option}");
        }
    }
    for topic in [
        "exit-codes",
        "environment",
        "formats",
        "secrets",
        "resuming",
    ] {
        let text = run(&["help", topic]).stdout;
        let first = text
            .lines()
            .find(|line| line.starts_with("  "))
            .unwrap_or_default();
        let word = first
            .split_whitespace()
            .find(|word| word.len() > 3)
            .unwrap();
        assert!(plain.contains(word), "{topic}: {word}");
    }
}

/// The commands with a help, those of `spec` included.
fn with_help() -> Vec<Vec<&'static str>> {
    let commands = COMMANDS.into_iter().filter(|command| is_here(command));
    let spec = [
        "check", "show", "diff", "drift", "upstream", "page", "explain",
    ];
    let spec = spec.map(|command| vec!["spec", command]);
    commands.map(|command| vec![command]).chain(spec).collect()
}

#[test]
fn the_help_of_each_command_fits_a_screen_and_has_examples() {
    for name in with_help() {
        for option in ["-h", "--help"] {
            let args: Vec<_> = name.iter().copied().chain([option]).collect();
            let mut command = crate::support::command(&args);
            let output = command.env("COLUMNS", "80").output().unwrap();
            let help = String::from_utf8(output.stdout).unwrap();
            let widest = help.lines().map(|line| line.chars().count()).max().unwrap();
            let lines = help.lines().count();
            assert!(
                lines <= 52 && widest <= 80,
                "{args:?}: {lines} lines, {widest} wide"
            );
            assert!(help.contains("\nExamples:\n"), "{args:?}");
        }
    }
}

#[test]
fn only_what_calls_the_service_is_below_its_heading() {
    let mut below = Vec::new();
    for command in COMMANDS.into_iter().filter(|command| is_here(command)) {
        let help = run(&[command, "--help"]).stdout;
        let Some((_, options)) = help.split_once("\nService:\n") else {
            continue;
        };
        let options = options.lines().take_while(|line| !line.is_empty());
        let longs = options.filter_map(|line| line.split("--").nth(1)?.split(' ').next());
        let mut longs: Vec<_> = longs.map(str::to_owned).collect();
        // `download` has no outputs to fetch for the demo.
        longs.retain(|long| long != "demo");
        below.push(longs);
    }
    assert!(below.len() > 5);
    assert!(
        below.iter().all(|options| *options == below[0]),
        "{below:?}"
    );
}
