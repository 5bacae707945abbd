use super::*;

/// A directory that is removed with the test, and what was read of it.
struct TestDirectory {
    path: PathBuf,
    directory: Directory,
}

impl TestDirectory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        let directory = Directory::new(&path);
        TestDirectory { path, directory }
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path.join(name), text).unwrap();
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.path.join(name)).unwrap();
    }

    /// What is set, what is removed, and what is reported, without the directory's path.
    fn scan(&mut self) -> [Vec<String>; 3] {
        let changes = self.directory.rescan();
        let directory = format!("{}/", self.path.display());
        let reports = changes.reports.iter();
        let reports = reports.map(|line| line.replace(&directory, ""));
        [changes.set, changes.removed, reports.collect()]
    }
}

impl Drop for TestDirectory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

fn item(id: &str, name: &str) -> String {
    format!(r#"{{"item_id": "{id}", "item_name": "{name}"}}"#)
}

const NOTHING: [Vec<String>; 3] = [const { Vec::new() }; 3];

#[test]
fn files_are_read_when_they_come_change_and_go() {
    let mut place = TestDirectory::new("come-and-go");
    for ignored in ["a.txt", ".b.json", "c.json~", "json"] {
        place.write(ignored, "{");
    }
    assert_eq!(place.scan(), NOTHING);
    place.write("a.json", &item("a", "1"));
    assert_eq!(place.scan()[0], [item("a", "1")]);
    assert_eq!(place.scan(), NOTHING);
    // The same length, and the same time: clocks of file systems tick slowly.
    let path = place.path.join("a.json");
    let time = path.metadata().unwrap().modified().unwrap();
    place.write("a.json", &item("a", "2"));
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(time).unwrap();
    let [set, removed, reports] = place.scan();
    assert_eq!((set, removed), (vec![item("a", "2")], vec![]));
    assert_eq!(reports, ["note: item \"a\" is read from a.json"]);
    place.write("a.json", &item("b", "2"));
    let [set, removed, _] = place.scan();
    assert_eq!((set, removed), (vec![item("b", "2")], vec!["a".to_owned()]));
    place.remove("a.json");
    assert_eq!(place.scan(), NOTHING, "it may come back");
    let [_, removed, reports] = place.scan();
    assert_eq!(removed, ["b"]);
    assert_eq!(reports, ["note: item \"b\" is gone"]);
    assert_eq!(place.scan(), NOTHING);
}

#[test]
fn a_broken_file_is_reported_once_and_its_last_version_stays() {
    let mut place = TestDirectory::new("broken");
    place.write("a.json", "{\n  \"item_id\": 1\n}");
    assert_eq!(
        place.scan()[2],
        ["error: a.json:2:14: invalid type: integer `1`, expected a string; it is not served"]
    );
    assert_eq!(place.scan(), NOTHING);
    place.write("a.json", &item("a", "1"));
    assert_eq!(place.scan()[0], [item("a", "1")]);
    place.write("a.json", "{");
    assert_eq!(
        place.scan(),
        NOTHING,
        "it may be in the middle of being written"
    );
    let [set, removed, reports] = place.scan();
    assert_eq!((set, removed), (vec![], vec![]));
    let complaint = "error: a.json:1:1: EOF while parsing an object; its last good version stays";
    assert_eq!(reports, [complaint]);
    assert_eq!(place.scan(), NOTHING);
    place.write("a.json", "{");
    place.write("a.json", &item("a", "3"));
    assert_eq!(place.scan()[0], [item("a", "3")]);
    assert_eq!(place.scan(), NOTHING);
}

#[test]
fn of_two_files_with_one_item_the_first_has_it() {
    let mut place = TestDirectory::new("rivals");
    place.write("a.json", &item("x", "a"));
    place.write("b.json", &item("x", "b"));
    let [set, _, reports] = place.scan();
    assert_eq!(set, [item("x", "a")]);
    assert_eq!(
        reports,
        ["error: b.json:1:1: item \"x\" is served from a.json already"]
    );
    assert_eq!(place.scan(), NOTHING);
    place.remove("a.json");
    let [set, removed, reports] = place.scan();
    assert_eq!((set, removed), (vec![item("x", "b")], vec![]));
    assert_eq!(reports, ["note: item \"x\" is read from b.json"]);
}

#[test]
fn a_lost_directory_is_reported_once_and_its_items_stay() {
    let mut place = TestDirectory::new("lost");
    place.write("a.json", &item("a", "1"));
    place.scan();
    std::fs::remove_dir_all(&place.path).unwrap();
    let [set, removed, reports] = place.scan();
    assert_eq!((set, removed), (vec![], vec![]));
    assert!(
        reports[0].ends_with("; its items stay") && reports.len() == 1,
        "{reports:?}"
    );
    assert_eq!(place.scan(), NOTHING);
    std::fs::create_dir(&place.path).unwrap();
    place.write("a.json", &item("a", "2"));
    assert_eq!(place.scan()[0], [item("a", "2")]);
    assert!(Directory::new(&place.path.join("none")).scan().is_err());
}

#[test]
fn what_is_no_file_is_named_and_so_are_problems_as_long_as_they_last() {
    let mut place = TestDirectory::new("problems");
    std::fs::create_dir(place.path.join("directory.json")).unwrap();
    place.write("broken.json", "{");
    place.write("one.json", &item("a", "1"));
    place.write("two.json", &item("a", "2"));
    let [_, _, reports] = place.scan();
    assert!(
        reports.contains(
            &"error: directory.json:1:1: it is not a regular file; it is not served".to_owned()
        ),
        "{reports:?}"
    );
    let problems = [
        "broken.json:1:1: EOF while parsing an object; it is not served",
        "directory.json:1:1: it is not a regular file; it is not served",
        "two.json: item a is served from one.json",
    ];
    assert_eq!(place.directory.problems(), problems);
    place.scan();
    assert_eq!(place.directory.problems(), problems);
    place.write("broken.json", &item("b", "1"));
    place.remove("two.json");
    for _ in 0..2 {
        place.scan();
    }
    assert_eq!(place.directory.problems(), problems[1..2]);
}
