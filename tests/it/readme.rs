//! The README's test of the mock server, as it is printed there.

const README: &str = include_str!("../../README.md");

#[test]
fn the_readme_has_the_example_that_is_tested() {
    let example = include_str!("readme_example.rs");
    assert!(
        README.contains(&format!("```rust\n{example}```")),
        "README.md has another program than tests/it/readme_example.rs"
    );
}
