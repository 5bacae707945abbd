use std::io::BufReader;

use super::super::bounded::{Bounded, MAX_LINE};
use super::*;

fn ids(text: &[u8], column: Option<&str>) -> Result<Vec<String>, String> {
    let mut ids = Vec::new();
    IdList::new(BufReader::new(text), column)?.each(&mut |id| {
        ids.push(id);
        true
    })?;
    Ok(ids)
}

#[test]
fn ids_in_json_are_found_where_it_is_clear_which_ones_are_meant() {
    let list = |text: &str| ids(text.as_bytes(), None);
    for text in [
        r#"{"data": [{"item": {"id": "a"}}, {"item": {"id": "b"}}], "errors": []}"#,
        "{\"data\": {\"items\": [{\"item_id\": \"a\"},\n{\"item_id\": \"b\"}]}, \"errors\": []}",
        "{\"items\": [{\"item_id\": \"a\"}], \"next_page_token\": \"t\"}\n{\"items\": [{\"item_id\": \"b\"}]}",
        "{\"items\":\n[{\"item_id\": \"a\"}]}\n{\"items\": [{\"item_id\": \"b\"}]}\n{\"items\": []}",
        r#"[{"items": [{"item_id": "a"}], "n": 1}, {"items": ["b"]}]"#,
        r#"{"items": [{"item_id": "a", "id": "x"}, {"item_id": "b"}], "files": [{"id": "f"}], "tags": ["t"]}"#,
        r#"{"id": "bjb-1", "items": ["a", "b"]}"#,
        "{\n\"item_id\": \"a\", \"processing_results\": []}\n{\"item_id\": \"b\"}",
        "[\n{\"id\": \"a\", \"tags\": [\"t\"], \"owner\": {\"id\": \"o\"}}, {\"id\": \"b\"}]",
    ] {
        let found = ["a", "b"].map(str::to_owned);
        assert_eq!(list(text).as_deref(), Ok(&found[..]), "{text}");
    }
    assert_eq!(
        list("{\"items\": [], \"next_page_token\": null}"),
        Ok(vec![])
    );
    for (text, says) in [
        (
            r#"{"files": [{"id": "a"}], "users": [{"id": "b"}]}"#,
            "may have its item ids at files[].id or at users[].id",
        ),
        (
            "{\"data\": {\"name\": 1}}",
            "has no member with item ids among data",
        ),
        ("{\"data\": [{\"name\": 1}],\n\"errors\": []}", "among name"),
        (
            "{\"item_id\": null,\n\"x\": 1}",
            "has an item id that is not a text",
        ),
        ("[\"a\"] x", " is not JSON at line 1, column 7"),
    ] {
        let error = list(text).unwrap_err();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn every_form_of_a_list_is_read() {
    for text in [
        "a 1\nb\n\n c \n",
        "# ids, from x\na 1\nb\n#\nc\n",
        "# {ids}\n\nitem_id,x\na 1,1\nb,2\nc,3\n",
        "# [ids]\n{\"item_id\": \"a 1\"}\n\"b\"\n\"c\"\n",
        "a 1\r\nb\r\nc",
        "item_id\na 1\nb\nc\n",
        "\"a 1\"\n\"b\"\n\"c\"\n",
        "name,Item ID,x\n\"n,1\",a 1,1\nn2,b,2\nn3,c\n",
        "id;name\na 1;x\nb;y\nc;z\n",
        "item_id\tx\na 1\t1\nb\t2\nc\t3\n",
        "[\"a 1\", \"b\",\n\"c\"]",
        r#"[{"id": "a 1"}, {"id": "b"}, {"id": "c"}]"#,
        "{\"items\": [{\"id\": \"x\", \"item_id\": \"a 1\"},\n {\"item_id\": \"b\"}, {\"item_id\": \"c\"}], \"total\": 3}",
        "{\"item_id\": \"a 1\", \"tags\": []}\n\n{\"item_id\": \"b\"}\n{\"item_id\": \"c\"}\n",
    ] {
        assert_eq!(
            ids(text.as_bytes(), None).as_deref(),
            Ok(&["a 1", "b", "c"].map(str::to_owned)[..]),
            "{text}"
        );
    }
    assert_eq!(ids(b"", None), Ok(Vec::new()));
}

#[test]
fn a_column_is_chosen_by_its_name() {
    let column = Some("key");
    for text in [
        "item_id,key\nx,a\n",
        "{\"key\": \"a\", \"item_id\": \"x\"}\n",
        "[{\"key\": \"a\"}]",
        "key\na\n",
    ] {
        assert_eq!(
            ids(text.as_bytes(), column),
            Ok(vec!["a".to_owned()]),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_list_of_ids_is_named() {
    let long = "x".repeat(2_000);
    for (text, says) in [
        (
            &b"name,size\nx,1\n"[..],
            "has no column with item ids among name, size",
        ),
        (
            b"{\"name\": 1}\n{\"name\": 2}\n",
            "has no member with item ids among name",
        ),
        (b"[1, 2]", "is JSON, but not of items"),
        (b"{\"a\": [], \"b\": []", "is not JSON at line 1"),
        (b"a\nb,c\n", ", line 2 is no item id"),
        (b"a\n\xff\n", ", line 2 cannot be read: it is not UTF-8"),
        (b"a\0\n", ", line 1 has control characters"),
        (b"'a'\n", ", line 1 has quotes around it"),
        (b"# a list\nhttps://x/y\n", ", line 2 is a URL"),
        (b"a\nb|c\n", ", line 2 is no item id"),
        (b"\n# x\n\na\nb|c\n", ", line 5 is no item id"),
        (
            b"sep=;\nid;n\na;1\n..;2\n",
            ", line 4 is the name of a directory",
        ),
        (
            b"\n\n{\"id\": \"a\"}\n{\"x\": 1}\n",
            ", line 4 has no member",
        ),
        (b"\n{\n\"id\": }", "is not JSON at line 3, column 7"),
        (b"item_id: a\n", ", line 1 is no item id"),
        (b"item      name\n", ", line 1 is no item id"),
        (b"a\nb # the second\n", ", line 2 is no item id"),
        (
            "a\nb\u{200b}\n".as_bytes(),
            ", line 2 has invisible characters",
        ),
        (
            "a\nb\u{fffd}\n".as_bytes(),
            ", line 2 has bytes in it that are no text",
        ),
        (
            b"{\"item_id\": \"a\"}\n{\"name\": 1}\n",
            ", line 2 has no member with item ids among name",
        ),
        (
            b"{\"item_id\": 7}\n",
            ", line 1 has an item id that is not a text",
        ),
        (
            b"token,AKIAIOSFODNN7EXAMPLE\n",
            "has no column with item ids among token, ***: name it",
        ),
        (long.as_bytes(), ", line 1 is too long for an item id"),
        (b"{\"item_id\": \"a\"}\nb\n", ", line 2 is not JSON"),
    ] {
        let error = ids(text, None).unwrap_err();
        assert!(error.contains(says), "{error}");
    }
    let error = IdList::new(
        BufReader::new(Bounded::new(io::repeat(b'x'), MAX_LINE)),
        None,
    )
    .map(drop)
    .unwrap_err();
    assert!(
        error.contains("line 1 cannot be read: it is longer than 16 MiB"),
        "{error}"
    );
}
