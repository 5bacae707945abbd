use std::io::BufReader;

use super::super::bounded::Bounded;
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
fn every_form_of_a_list_is_read() {
    for text in [
        "a 1\nb\n\n c \n",
        "# ids\na 1\nb\n#\nc\n",
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
    let error = IdList::new(BufReader::new(Bounded::new(io::repeat(b'x'))), None)
        .map(drop)
        .unwrap_err();
    assert!(
        error.contains("line 1 cannot be read: it is longer than 16 MiB"),
        "{error}"
    );
}
