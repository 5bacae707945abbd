use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Masker, Masking, SensitiveNames, Unknown};
use crate::field::Shape;
use crate::json::canonical::canonical;

// In the order of their names, as the code generator has them.
const SORTED: Shape = Shape::Object(&[
    ("headers", Shape::Map(&Shape::Secret)),
    ("key", Shape::Secret),
    ("lang", Shape::Text),
    ("on", Shape::Boolean),
    ("pages", Shape::List(&Shape::Number)),
    ("url", Shape::Url),
]);
const RESULT: Shape = Shape::Object(&[
    ("config", Shape::TypedBy("type", &[("parse", SORTED)])),
    ("free", Shape::OPEN),
    ("type", Shape::Text),
]);

fn is_credential(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["key", "token", "password", "authorization", "secret"]
        .iter()
        .any(|it| name.contains(it))
}

static SENSITIVE: SensitiveNames = SensitiveNames::new(&RESULT);

static LIBRARY: Masking = Masking {
    unknown: Unknown::Hidden,
    sensitive: &SENSITIVE,
    is_pretty: false,
};
static COMMAND: Masking = Masking {
    unknown: Unknown::Recognized(is_credential),
    sensitive: &SENSITIVE,
    is_pretty: false,
};

#[test]
fn what_is_not_secret_stays_as_it_was_written() {
    let json = r#"{"type":"parse","config":{"pages":[1,1.10,1e400,-0,123456789012345678901],"lang":"\u00e9","on":null,"lang":"x"},"type":"y"}"#;
    assert_eq!(COMMAND.mask(json, &RESULT), json);
    assert_eq!(COMMAND.reveal(json), json);
    let spaced = "{ \"config\" : [ ] ,\n\t\"free\":{ }, \"type\" :1e2 }";
    assert_eq!(
        COMMAND.reveal(spaced),
        r#"{"config":[],"free":{},"type":1e2}"#
    );
    let pretty = Masking {
        is_pretty: true,
        ..COMMAND
    };
    assert_eq!(
        pretty.mask(spaced, &RESULT),
        "{\n  \"config\": [],\n  \"free\": {},\n  \"type\": 1e2\n}"
    );
}

#[test]
fn what_is_documented_is_masked_by_its_shape_whatever_the_order() {
    let config = r#"{"key":"CANARY","headers":{"a":"CANARY"},"url":"https://CANARY@h/p?CANARY","lang":"en"}"#;
    let shown = r#"{"key":"***","headers":{"a":"***"},"url":"https://***@h/p?***","lang":"en"}"#;
    for (before, after) in [
        (r#"{"type":"parse","config":"#, "}"),
        (r#"{"config":"#, r#","type":"parse"}"#),
    ] {
        for masking in [&LIBRARY, &COMMAND] {
            let text = masking.mask(&format!("{before}{config}{after}"), &RESULT);
            assert_eq!(text, format!("{before}{shown}{after}"));
        }
    }
    for masking in [&LIBRARY, &COMMAND] {
        let text =
            Masker::new(masking).mask_typed(&format!(r#"{{"config":{config}}}"#), &RESULT, "parse");
        assert_eq!(text, format!(r#"{{"config":{shown}}}"#));
        let text = Masker::new(masking).mask_typed(
            r#"{"free":{"config":{"lang":"x"}}}"#,
            &RESULT,
            "parse",
        );
        assert_eq!(
            text,
            masking.mask(r#"{"free":{"config":{"lang":"x"}}}"#, &RESULT)
        );
    }
    // Of another type than documented: never shown, and not taken for what is documented.
    let odd = r#"{"key":["CANARY"],"headers":"CANARY","url":{"a":"CANARY"},"pages":"CANARY"}"#;
    let text = LIBRARY.mask(odd, &SORTED);
    assert_eq!(
        text,
        r#"{"key":["***"],"headers":"***","url":{"a":"***"},"pages":"<string>"}"#
    );
}

#[test]
fn a_library_shows_the_types_of_what_it_does_not_know() {
    let json = r#"{"type":"extract","config":{"a":"x","b":{"c":1},"d":[1],"e":null,"f":1,"g":true},"more":"x","free":{"a":"x"}}"#;
    let shown = r#"{"type":"extract","config":{"a":"<string>","b":"<object>","d":"<array>","e":"<null>","f":"<number>","g":"<boolean>"},"more":"<string>","free":{"a":"<string>"}}"#;
    assert_eq!(LIBRARY.mask(json, &RESULT), shown);
}

#[test]
fn a_command_shows_what_it_does_not_know_but_for_credentials() {
    for (json, shown) in [
        (r#"{"schema":{"a":["x",1]}}"#, r#"{"schema":{"a":["x",1]}}"#),
        (
            r#"{"api_key":"x","a_token":1}"#,
            r#"{"api_key":"***","a_token":"***"}"#,
        ),
        (
            r#"{"secret":{"a":["x",null,true]}}"#,
            r#"{"secret":{"a":["***",null,true]}}"#,
        ),
        (
            r#"{"deep":{"url":"https://a:b@h"}}"#,
            r#"{"deep":{"url":"https://***@h"}}"#,
        ),
        (
            r#"[{"name":"Authorization","value":"x"}]"#,
            r#"[{"name":"Authorization","value":"***"}]"#,
        ),
        (
            r#"[{"value":{"a":[1]},"name":"Api-Key","b":2}]"#,
            r#"[{"value":"***","name":"Api-Key","b":2}]"#,
        ),
        (
            r#"[{"Name":"API_TOKEN","Value":"x"}]"#,
            r#"[{"Name":"API_TOKEN","Value":"***"}]"#,
        ),
        (
            r#"[{"header":"Authorization","values":["x"]}]"#,
            r#"[{"header":"Authorization","values":"***"}]"#,
        ),
        (
            r#"[{"name":"Accept","value":"x"}]"#,
            r#"[{"name":"Accept","value":"x"}]"#,
        ),
        (
            r#"["--api-key","x","--verbose","y"]"#,
            r#"["--api-key","***","--verbose","y"]"#,
        ),
        (
            r#"["-H","Authorization: Bearer x"]"#,
            r#"["-H","Authorization: ***"]"#,
        ),
        (
            r#"[["Authorization","x"],["Accept","x"]]"#,
            r#"[["Authorization","***"],["Accept","x"]]"#,
        ),
        (r#"["API_KEY=x"]"#, r#"["API_KEY=***"]"#),
        (r#"["token","a","b"]"#, r#"["token","a","b"]"#),
        (
            r#"{"a":"{\"password\": \"x\"}"}"#,
            r#"{"a":"{\"password\":\"***\"}"}"#,
        ),
        (r#"{"a":"{\"b\": \"x\"}"}"#, r#"{"a":"{\"b\": \"x\"}"}"#),
        (r#"{"p\u0061ssword":"x"}"#, r#"{"p\u0061ssword":"***"}"#),
        (r#"{"a":"\ud800 sk-x"}"#, r#"{"a":"***"}"#),
    ] {
        let json = format!(r#"{{"config":{json}}}"#);
        assert_eq!(
            COMMAND.mask(&json, &RESULT),
            format!(r#"{{"config":{shown}}}"#)
        );
    }
    let shown = COMMAND.mask(r#"{"lang":"[{\"key\": \"CANARY\"}]"}"#, &SORTED);
    assert_eq!(shown, r#"{"lang":"[{\"key\":\"***\"}]"}"#);
}

#[test]
fn the_work_is_linear_in_the_text() {
    let texts: [fn(usize) -> String; 19] = [
        |count| format!(r#"{{{}"name":"token"}}"#, r#""value":1,"#.repeat(count)),
        |count| r#"{"value":"#.repeat(count) + "1" + &"}".repeat(count),
        |count| "[".repeat(count) + &"]".repeat(count),
        |count| format!("\"{}\"", "a".repeat(100 * count)),
        |count| format!("\"{}\"", "a=:@?b ".repeat(count)),
        |count| format!("\"{}\"", "key=".repeat(count)),
        |count| format!("\"{}\"", "sk-a".repeat(count)),
        |count| format!("\"{}\"", "--key ".repeat(count)),
        |count| format!("\"a {}\"", "b/c".repeat(count)),
        |count| format!("\"{}\"", "/pat".repeat(count)),
        |count| format!("\"{}\"", "=re_".repeat(count)),
        |count| format!("\"{}\"", "<key a>".repeat(count)),
        |count| format!("\"<key {}\"", ">".repeat(count)),
        |count| format!("\"{}\"", "\\\"key\\\": a b ".repeat(count)),
        |count| format!("\"{}\"", "%5C%22key%22:".repeat(count)),
        |count| format!("\"{}\"", "&quot;&amp;quot;".repeat(count)),
        |count| format!("\"{}\"", "machine login password ".repeat(count)),
        |count| format!("\"{}\"", "password is a1b2c3d4 ".repeat(count)),
        |count| format!("\"https://h{}\"", "/hooks".repeat(count)),
    ];
    for text in texts {
        let work = |count| {
            let text = text(count);
            for masking in [&LIBRARY, &COMMAND] {
                let _ = masking.mask(&text, &Shape::OPEN);
                let _ = masking.mask(&text, &Shape::Text);
            }
        };
        crate::linear::grows_linearly(work, 200);
    }
}

const NAMES: [&str; 10] = [
    "key", "headers", "lang", "pages", "url", "config", "type", "name", "value", "token",
];

fn any_json() -> impl Strategy<Value = Value> {
    let key = || {
        prop_oneof![3 => proptest::sample::select(&NAMES), 1 => Just("other")]
            .prop_map(str::to_owned)
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "(?s).{0,12}".prop_map(Value::from),
        proptest::sample::select(&[
            "parse",
            "Authorization",
            "[1, {\"token\": \"x\"}]",
            "https://a@h/?b"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((key(), inner), 0..6).prop_map(|members| members
                .into_iter()
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}

/// Pieces of every notation, whole and broken.
const PIECES: [&str; 56] = [
    "password",
    "api_key",
    "X-Api-Key",
    "name",
    "value",
    "Bearer",
    "basic",
    "Authorization",
    "machine",
    "login",
    "key",
    "a1b2c3d4",
    "hunter22",
    "ghp_a1",
    "hf_a1b2c3d4",
    "eyJhbGciOi",
    "-----BEGIN",
    "PuTTY-User-Key-File",
    "https://",
    "s3://",
    "hooks.slack.com/",
    "/webhook/",
    "***",
    " ",
    "  ",
    "\n",
    "\t",
    ":",
    ": ",
    "=",
    "=>",
    "::",
    ";",
    ",",
    "@",
    "?",
    "#",
    "&",
    "%",
    "%3D",
    "%253D",
    "\\",
    "\\u0022",
    "\\n",
    "&quot;",
    "&#58;",
    "\"",
    "'",
    "`",
    "\"\"\"",
    "<key>",
    "</key>",
    "<![CDATA[",
    "{",
    "é",
    "“",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => proptest::sample::select(&PIECES).prop_map(str::to_owned),
        1 => "(?s).{0,3}"
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_is_a_panic(text in any_text()) {
        let _ = COMMAND.mask_text(&text);
        let _ = crate::SensitiveUrl::from(text).to_string();
    }

    #[test]
    fn what_came_before_is_written_as_if_it_had_not(
        values in proptest::collection::vec(any_json(), 1..12),
        order in proptest::collection::vec((0..12_usize, proptest::sample::select(&["parse", "other"])), 1..40),
    ) {
        // Short ones are not remembered.
        let lang = "x".repeat(300);
        let configs: Vec<_> = values
            .iter()
            .map(|value| format!(r#"{{"key":{value},"url":"https://a@h/?b","lang":"{lang}","other":{value}}}"#))
            .collect();
        let mut masker = Masker::new(&LIBRARY);
        let mut all = Vec::new();
        for (at, by) in order {
            let config = &configs[at % configs.len()];
            let json = format!(r#"{{"type":"{by}","config":{config},"free":{config},"config":{config}}}"#);
            let shown = LIBRARY.mask(&json, &RESULT);
            prop_assert_eq!(&masker.mask_typed(&json, &RESULT, by), &shown);
            all.push((json, shown));
        }
        // Within one text, too, where the same is on lines of another indentation.
        const ALL: Shape = Shape::Object(&[("list", Shape::List(&RESULT)), ("result", RESULT)]);
        let text = |side: fn(&(String, String)) -> &str| {
            let list = all.iter().map(side).collect::<Vec<_>>().join(",");
            format!(r#"{{"list":[{list}],"result":{}}}"#, side(&all[0]))
        };
        let (json, shown) = (text(|it| &it.0), text(|it| &it.1));
        prop_assert_eq!(LIBRARY.mask(&json, &ALL), shown.as_str());
        let pretty = Masking { is_pretty: true, ..LIBRARY };
        prop_assert_eq!(pretty.mask(&json, &ALL), pretty.reveal(&shown));
    }

    #[test]
    fn what_is_shown_is_json_and_what_is_revealed_is_the_same_json(json in any_json(), spaced: bool) {
        let text = if spaced { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
        for masking in [&LIBRARY, &COMMAND] {
            for is_pretty in [true, false] {
                let masking = Masking { is_pretty, ..*masking };
                prop_assert_eq!(canonical(&masking.reveal(&text)), canonical(&text));
                let shown = masking.mask(&text, &RESULT);
                prop_assert!(serde_json::from_str::<Value>(&shown).is_ok(), "{}", shown);
            }
        }
    }

    #[test]
    fn what_is_masked_stays_the_same_when_it_is_masked_again(json in any_json()) {
        let shown = COMMAND.mask(&json.to_string(), &RESULT);
        prop_assert_eq!(&COMMAND.mask(&shown, &RESULT), &shown);
    }

    #[test]
    fn what_is_no_json_is_no_panic(text in "(?s)[\\[\\]{}\",:a-z0-9\\\\ é]{0,40}") {
        let _ = COMMAND.mask(&text, &RESULT);
        let _ = COMMAND.reveal(&text);
        canonical(&text);
    }
}
