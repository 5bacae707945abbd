//! Edits in place do what they say, and leave every other byte alone.

use super::contract;
use processing_results_contract::Document;
use processing_results_contract::edit::{Edit, Error, Place, apply};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

fn insert(into: &str, key: &str, value: Value, place: Place) -> Edit {
    let (into, key) = (into.to_owned(), key.to_owned());
    Edit::Insert {
        into,
        key,
        value,
        place,
    }
}

fn push(into: &str, value: Value, place: Place) -> Edit {
    let into = into.to_owned();
    Edit::Push { into, value, place }
}

fn remove(at: &str) -> Edit {
    Edit::Remove { at: at.to_owned() }
}

fn replace(at: &str, value: Value) -> Edit {
    let at = at.to_owned();
    Edit::Replace { at, value }
}

fn rename(at: &str, key: &str) -> Edit {
    let (at, key) = (at.to_owned(), key.to_owned());
    Edit::Rename { at, key }
}

fn after(sibling: &str) -> Place {
    Place::After(sibling.to_owned())
}

fn before(sibling: &str) -> Place {
    Place::Before(sibling.to_owned())
}

#[track_caller]
fn edited(text: &str, edits: &[Edit], wanted: &str) {
    assert_eq!(apply(text, edits).as_deref(), Ok(wanted));
}

const PETS: &str = "\
# Pets.
cat:
  type: string  # a name
  # Its age.
  age: 3

# ---- birds

# Sings.
bird:
  required: # all of them
    - a
    - b
  enum: [x, y]
";

#[test]
fn a_new_entry_goes_where_it_is_put_and_comments_stay_with_what_they_are_about() {
    let lines = |place: Place| {
        let edited = apply(PETS, &[insert("/cat", "new", json!({"a": [1]}), place)]);
        edited
            .unwrap()
            .lines()
            .skip(2)
            .take(6)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let new = ["  new:", "    a:", "      - 1"];
    let old = ["  type: string  # a name", "  # Its age.", "  age: 3"];
    assert_eq!(lines(Place::First), [new, old].concat());
    assert_eq!(lines(before("type")), [new, old].concat());
    assert_eq!(lines(Place::Last), [old, new].concat());
    assert_eq!(lines(after("age")), [old, new].concat());
    assert_eq!(lines(before("age")), lines(after("type")));
    assert_eq!(lines(before("age")), [&old[..1], &new, &old[1..]].concat());
}

#[test]
fn a_component_keeps_the_blank_lines_and_the_section_headings() {
    let dog = |place| [insert("", "dog", json!({"type": "object"}), place)];
    edited(
        PETS,
        &dog(after("cat")),
        &PETS.replace("  age: 3\n", "  age: 3\n\ndog:\n  type: object\n"),
    );
    edited(
        PETS,
        &dog(before("bird")),
        &PETS.replace("# Sings.", "dog:\n  type: object\n\n# Sings."),
    );
    edited(
        PETS,
        &dog(Place::Last),
        &format!("{PETS}\ndog:\n  type: object\n"),
    );
    edited(
        PETS,
        &[remove("/bird")],
        &PETS[..PETS.find("\n# Sings").unwrap()],
    );
    edited(
        PETS,
        &[remove("/cat")],
        &PETS[PETS.find("\n# ----").unwrap()..],
    );
}

#[test]
fn the_last_child_leaves_an_empty_collection() {
    edited(
        PETS,
        &[remove("/bird/required/0"), remove("/bird/required/1")],
        &PETS.replace(
            "required: # all of them\n    - a\n    - b\n",
            "required: [] # all of them\n",
        ),
    );
    edited(
        PETS,
        &[remove("/bird/enum/0"), remove("/bird/enum/1")],
        &PETS.replace("[x, y]", "[]"),
    );
    edited(
        "- a: 1 # one\n- b\n",
        &[remove("/0/a")],
        "- {} # one\n- b\n",
    );
    edited("a: 1\n", &[remove("/a")], "{}\n");
    edited(
        "a: {}\n",
        &[insert("/a", "b", json!([]), Place::Last)],
        "a: {b: []}\n",
    );
}

#[test]
fn a_mapping_behind_a_dash_keeps_its_dash() {
    let text = "- name: x # the name\n  # where\n  in: y\n- z\n";
    edited(text, &[remove("/0/name")], "- # where\n  in: y\n- z\n");
    let first = insert("/0", "a", json!(1), Place::First);
    edited(
        text,
        std::slice::from_ref(&first),
        &text.replace("- name", "- a: 1\n  name"),
    );
    edited(
        text,
        &[first.clone(), remove("/0/name"), remove("/0/in")],
        "- a: 1\n- z\n",
    );
    edited(text, &[remove("/0")], "- z\n");
    edited(
        text,
        &[push("", json!({"a": 1, "b": 2}), before("1"))],
        &text.replace("- z", "- a: 1\n  b: 2\n- z"),
    );
}

#[test]
fn collections_that_end_together_are_added_to_together() {
    let yaml = "a:\n  b:\n    c:\n      d: 1\nz: 0\n";
    let add = |into: &str, key: &str| insert(into, key, json!(2), Place::Last);
    let mut edits = [add("/a", "e"), add("/a/b", "f"), add("/a/b/c", "g")];
    let wanted = "a:\n  b:\n    c:\n      d: 1\n      g: 2\n    f: 2\n  e: 2\nz: 0\n";
    edited(yaml, &edits, wanted);
    edits.reverse();
    edited(yaml, &edits, wanted);
    let listed = yaml.replace("d: 1", "- d: 1");
    let edits = [
        add("/a/b", "f"),
        push("/a/b/c", json!(3), Place::Last),
        add("/a/b/c/0", "g"),
    ];
    edited(
        &listed,
        &edits,
        "a:\n  b:\n    c:\n      - d: 1\n        g: 2\n      - 3\n    f: 2\nz: 0\n",
    );
}

#[test]
fn values_and_keys_are_replaced_where_they_are() {
    edited(
        PETS,
        &[
            replace("/cat/type", json!("no")),
            rename("/cat/age", "the age"),
            replace("/bird/enum/1", json!({"a": 1})),
            replace("/bird/required", json!("x")),
        ],
        &PETS
            .replace("string ", "\"no\" ")
            .replace("  age:", "  the age:")
            .replace("y]", "{a: 1}]")
            .replace(
                "required: # all of them\n    - a\n    - b\n",
                "required: x # all of them\n",
            ),
    );
    let text = "a: |\n  one\n  two\n\nb:\nc:\n  long\n  text\n? d\n: >-\n  e\n";
    edited(
        text,
        &[
            replace("/a", json!("x")),
            replace("/b", json!(2)),
            replace("/c", json!(true)),
            replace("/d", json!(null)),
        ],
        "a: x\n\nb: 2\nc:\n  true\n? d\n: null\n",
    );
}

#[test]
fn flow_style_stays_flow_style() {
    let text = "a: {b: 1, c: [x, # the first\n  y, z, ]}\n";
    edited(
        text,
        &[
            push("/a/c", json!("w"), after("0")),
            push("/a/c", json!("m"), before("2")),
            push("/a/c", json!("o"), Place::Last),
            insert("/a", "k", json!("v, w"), Place::First),
        ],
        "a: {k: \"v, w\", b: 1, c: [x, w, # the first\n  y, m, z, o, ]}\n",
    );
    edited(
        text,
        &[remove("/a/c/2"), remove("/a/c/1"), remove("/a/b")],
        "a: {c: [x, ]}\n",
    );
    edited(
        text,
        &[remove("/a/c/0"), push("/a/c", json!(1), Place::First)],
        "a: {b: 1, c: [1, y, z, ]}\n",
    );
}

#[test]
fn line_breaks_marks_and_a_missing_last_break_stay() {
    let text = "\u{feff}a: 1\r\nb:\r\n  - x";
    let edits = [
        push("/b", json!(["y"]), Place::Last),
        insert("", "c", json!({"d": 1}), Place::First),
    ];
    edited(
        text,
        &edits,
        "\u{feff}c:\r\n  d: 1\r\na: 1\r\nb:\r\n  - x\r\n  - - \"y\"",
    );
}

#[test]
fn what_cannot_be_done_exactly_is_refused() {
    let nowhere = |pointer: &str| Err(Error::NoSuchPlace(pointer.to_owned()));
    assert_eq!(apply(PETS, &[remove("/dog")]), nowhere("/dog"));
    assert_eq!(apply(PETS, &[remove("")]), nowhere(""));
    assert_eq!(
        apply(PETS, &[push("/cat", json!(1), Place::Last)]),
        nowhere("/cat")
    );
    assert_eq!(
        apply(PETS, &[rename("/bird/enum/0", "x")]),
        nowhere("/bird/enum")
    );
    let both = [remove("/cat"), replace("/cat/age", json!(1))];
    assert!(matches!(apply(PETS, &both), Err(Error::Conflict(_))));
    let both = [replace("/cat/age", json!(1)), remove("/cat/age")];
    assert!(matches!(apply(PETS, &both), Err(Error::Conflict(_))));
    let twice = insert("/cat", "age", json!(1), Place::Last);
    assert_eq!(apply(PETS, &[twice]), Err(Error::NotInPlace));
    assert!(matches!(apply("a: [", &[]), Err(Error::Unreadable(_))));
}

/// A pointer to every value below the top.
fn pointers(value: &Value, pointer: &str, all: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => (items.iter().enumerate())
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => return,
    };
    for (key, value) in children {
        let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        all.push(pointer.clone());
        pointers(value, &pointer, all);
    }
}

/// One edit of a random place, which may turn out to be impossible.
fn any_edit(all: &[String], of: &Value, what: u8, place: Index, other: Index, new: &Value) -> Edit {
    let at = &all[place.index(all.len())];
    let (parent, _) = at.rsplit_once('/').unwrap();
    let sibling = || match of.pointer(parent).unwrap() {
        Value::Object(map) => map.keys().nth(other.index(map.len())).unwrap().clone(),
        Value::Array(items) => other.index(items.len()).to_string(),
        _ => unreachable!(),
    };
    let place = match what % 4 {
        0 => Place::First,
        1 => Place::Last,
        2 => before(&sibling()),
        _ => after(&sibling()),
    };
    let key = format!("new: {what} {}", other.index(1000));
    match what / 4 {
        0 | 1 => remove(at),
        2 => replace(at, new.clone()),
        3 if of.pointer(parent).unwrap().is_object() => rename(at, &key),
        _ if of.pointer(parent).unwrap().is_object() => insert(parent, &key, new.clone(), place),
        _ => push(parent, new.clone(), place),
    }
}

/// The same edit of JSON; the tests make one after the other, each with pointers into what the one before left.
fn edit_json(of: &mut Value, edit: &Edit) {
    let split = |at: &str| {
        let (parent, token) = at.rsplit_once('/').unwrap();
        (
            parent.to_owned(),
            token.replace("~1", "/").replace("~0", "~"),
        )
    };
    let rebuild = |map: &mut Map<String, Value>,
                   change: &dyn Fn(String, Value) -> Vec<(String, Value)>| {
        *map = std::mem::take(map)
            .into_iter()
            .flat_map(|(key, value)| change(key, value))
            .collect();
    };
    match edit {
        Edit::Remove { at } => {
            let (parent, token) = split(at);
            match of.pointer_mut(&parent).unwrap() {
                Value::Object(map) => drop(map.shift_remove(&token)),
                Value::Array(items) => drop(items.remove(token.parse().unwrap())),
                _ => unreachable!(),
            }
        }
        Edit::Replace { at, value } => *of.pointer_mut(at).unwrap() = value.clone(),
        Edit::Rename { at, key } => {
            let (parent, token) = split(at);
            let map = of.pointer_mut(&parent).unwrap().as_object_mut().unwrap();
            rebuild(map, &|old, value| match old == token {
                true => vec![(key.clone(), value)],
                false => vec![(old, value)],
            });
        }
        Edit::Insert {
            into,
            key,
            value,
            place,
        } => {
            let map = of.pointer_mut(into).unwrap().as_object_mut().unwrap();
            let index = |sibling: &String| map.keys().position(|key| key == sibling).unwrap();
            let index = match place {
                Place::First => 0,
                Place::Last => map.len(),
                Place::Before(sibling) => index(sibling),
                Place::After(sibling) => index(sibling) + 1,
            };
            map.shift_insert(index, key.clone(), value.clone());
        }
        Edit::Push { into, value, place } => {
            let items = of.pointer_mut(into).unwrap().as_array_mut().unwrap();
            let index = match place {
                Place::First => 0,
                Place::Last => items.len(),
                Place::Before(sibling) => sibling.parse().unwrap(),
                Place::After(sibling) => sibling.parse::<usize>().unwrap() + 1,
            };
            items.insert(index, value.clone());
        }
    }
}

fn json_of(text: &str) -> Value {
    Document::parse("api.yaml", text)
        .expect("readable")
        .to_json()
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "[ -~]{0,12}".prop_map(Value::from),
        "[-?:,{}#&*!|>'\"%@` \n\t\r0-9a]{1,5}".prop_map(Value::from),
        Just(json!("no")),
        Just(json!("\u{feff}\u{85}\u{2028}\u{7f}")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The comments of a text, without the spaces before them.
fn comments(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| line.starts_with('#'))
        .collect()
}

/// Everything in one file that layout can do.
const LAYOUTS: &str = "\
# first
a: 1
b:  # behind
  # own
  - c: |
      text

    d: {x: [1, 2 ], \"y\": }
  - - p
    - q

# section

# of e
e:
f: >-
  folded
  text
? long
: 1
'g': \"a
  b\"
h:
- 1
-
- # comment
  i: 2
  # end
k: |+
  keep

l: []
m: {}
";

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_give_exactly_the_edited_tree(
        which in 0..4,
        edits in prop::collection::vec((0u8..32, any::<Index>(), any::<Index>(), any_value()), 1..6),
    ) {
        let mut text = match which {
            0 => contract(),
            1 => LAYOUTS.to_owned(),
            2 => LAYOUTS.replace('\n', "\r\n"),
            _ => LAYOUTS.trim_end().to_owned(),
        };
        for (what, place, other, new) in &edits {
            let mut wanted = json_of(&text);
            let mut all = Vec::new();
            pointers(&wanted, "", &mut all);
            if all.is_empty() {
                break;
            }
            let edit = any_edit(&all, &wanted, *what, *place, *other, new);
            let edited = apply(&text, std::slice::from_ref(&edit));
            let edited = edited.map_err(|error| TestCaseError::fail(format!("{error}: {edit:?} of\n{text}")))?;
            edit_json(&mut wanted, &edit);
            prop_assert_eq!(json_of(&edited).to_string(), wanted.to_string(), "{:?} of\n{}", edit, text);
            if matches!(edit, Edit::Insert { .. } | Edit::Push { .. } | Edit::Rename { .. }) {
                prop_assert_eq!(comments(&edited), comments(&text));
            }
            text = edited;
        }
    }

    /// All at once, so that edits meet: neighbours go, and something comes between them.
    #[test]
    fn edits_of_one_collection_can_be_made_together(
        flow in any::<bool>(),
        nested in any::<bool>(),
        removed in prop::collection::vec(any::<bool>(), 5),
        inserted in prop::collection::vec(0usize..6, 0..4),
    ) {
        let items: Vec<String> = (0..5).map(|index| format!("v{index}")).collect();
        let text = match (flow, nested) {
            (true, _) => format!("a: [{}]\n", items.join(", ")),
            (false, false) => format!("a:\n  - {}\n", items.join("\n  # own\n\n  - ")),
            (false, true) => format!("a:\n  - - {}\n", items.join("\n    - ")),
        };
        let into = if nested && !flow { "/a/0" } else { "/a" };
        let mut edits = Vec::new();
        let mut wanted: Vec<Vec<String>> = vec![Vec::new(); 6];
        for (number, gap) in inserted.iter().enumerate() {
            let place = match gap {
                5 => Place::Last,
                gap => before(&gap.to_string()),
            };
            edits.push(push(into, json!(format!("n{number}")), place));
            wanted[*gap].push(format!("n{number}"));
        }
        for (index, removed) in removed.iter().enumerate() {
            match removed {
                true => edits.push(remove(&format!("{into}/{index}"))),
                false => wanted[index].push(items[index].clone()),
            }
        }
        let edited = apply(&text, &edits).map_err(|error| TestCaseError::fail(format!("{error}: {edits:?} of\n{text}")))?;
        let found = json_of(&edited).pointer(into).cloned();
        prop_assert_eq!(found, Some(json!(wanted.concat())), "{}", text);
    }
}

#[test]
fn many_edits_take_linear_time() {
    let work = |count: usize| {
        let into = "/components/schemas/BatchParseJobConfig/properties";
        let key = |index: usize| format!("a_{index}");
        let edits: Vec<Edit> = (0..count)
            .map(|index| insert(into, &key(index), json!({"type": "string"}), Place::First))
            .collect();
        let undone: Vec<Edit> = (0..count)
            .map(|index| remove(&format!("{into}/{}", key(index))))
            .collect();
        let text = apply(&contract(), &edits).unwrap();
        assert_eq!(apply(&text, &undone).unwrap(), contract());
    };
    super::linear::grows_linearly(work, 4_000);
}
