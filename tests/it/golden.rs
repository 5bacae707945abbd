//! Expectations that are files: `UPDATE_GOLDENS=1 cargo test --all-features`
//! accepts what has changed.

use std::path::Path;

/// Compares with `tests/golden/NAME`, or writes it.
pub fn check(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if expected != actual {
        let changes = similar::TextDiff::from_lines(expected.as_str(), actual);
        let changes = changes
            .unified_diff()
            .context_radius(2)
            .header("accepted", "now")
            .to_string();
        panic!(
            "tests/golden/{name} has changed:\n{changes}\nIf that is meant: UPDATE_GOLDENS=1 cargo test --all-features"
        );
    }
}
