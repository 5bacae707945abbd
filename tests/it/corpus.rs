//! The checks of the fuzz targets, on the inputs that they found.

use std::path::Path;

#[path = "../../fuzz/src/checks.rs"]
mod checks;

/// The corpus is not part of the package: there is nothing to replay there.
#[test]
fn every_input_of_the_corpus_passes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    if !corpus.exists() {
        return;
    }
    let folders = std::fs::read_dir(&corpus).unwrap().count();
    assert_eq!(folders, checks::TARGETS.len(), "a corpus without a target");
    for (name, target) in checks::TARGETS {
        let mut taken = 0;
        for file in std::fs::read_dir(corpus.join(name)).expect(name) {
            let path = file.unwrap().path();
            println!("{}", path.display());
            taken += usize::from(target(&std::fs::read(path).unwrap()));
        }
        assert!(taken > 0, "nothing in the corpus of {name} gets far");
    }
}
