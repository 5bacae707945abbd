//! Where an output is stored: a bucket, and a key to the letter.
//!
//! A key of S3 is any text: `a//b`, `100% done.md` and `a?b` are keys. The client of the store would normalize some of
//! them, and then fetch another object or none, so what it cannot take exactly is an error.

use std::fmt::{self, Display};

use object_store::path::{Path, PathPart};

use crate::mask::{self, MASK};

/// Bucket and key, as the service wrote them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Location {
    pub(crate) bucket: String,
    pub(crate) key: String,
}

impl Location {
    /// The path for the store's client, if it takes the key as it is. Parsed in one piece, a key would lose slashes or be
    /// refused; part by part, it keeps all but those at the beginning.
    ///
    /// # Errors
    /// Why the key cannot be requested.
    pub(crate) fn path(&self) -> Result<Path, &'static str> {
        if !is_bucket(&self.bucket) {
            return Err("this is not the name of a bucket");
        }
        if self.key.is_empty() {
            return Err("the key is empty");
        }
        if self.key.contains("://") {
            return Err("this is taken for a URL of something else than S3");
        }
        let mut parts = self.key.split('/').map(PathPart::parse);
        let path = parts.try_fold(Path::ROOT, |path, part| Some(path.join(part.ok()?)));
        // It has to be this object or none.
        path.filter(|path| path.as_ref() == self.key).ok_or(
            "a key that begins with a slash, or has control characters or a part that is `.` or \
            `..`, cannot be requested",
        )
    }

    /// The location for messages. If it is a URL of something else, its query may be a signature, which is masked.
    pub(crate) fn shown(&self) -> String {
        if self.key.contains("://") {
            return mask::url(&self.key);
        }
        match self.key.split_once('?') {
            Some((path, _)) => format!("s3://{}/{path}?{MASK}", self.bucket),
            None => self.to_string(),
        }
    }
}

/// Whether a bucket's name can be put into a URL as it is.
fn is_bucket(name: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    name.len() <= 255
        && name.bytes().all(is_plain)
        && name.bytes().any(|b| b.is_ascii_alphanumeric())
}

impl Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}/{}", self.bucket, self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(bucket: &str, key: &str) -> Result<String, &'static str> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        Location { bucket, key }.path().map(String::from)
    }

    #[test]
    fn a_key_is_asked_for_to_the_letter_or_not_at_all() {
        for key in [
            "a",
            "a/b.json",
            "größe/日本.json",
            "a b+c%20d%2Fe",
            "a=b&c;d,e@f!g'h(i)*",
            "..a",
            "a..",
            "~",
            "a?b#c",
            "a/",
            "a//b",
            "a///",
        ] {
            assert_eq!(path("bucket", key).as_deref(), Ok(key));
        }
        for key in [
            "",
            "/",
            "/a",
            "//a",
            ".",
            "..",
            "a/../b",
            "./a",
            "a\nb",
            "a\0",
            "https://h/x",
        ] {
            assert!(path("bucket", key).is_err(), "{key}");
        }
    }

    #[test]
    fn a_location_is_shown_without_what_may_be_a_credential() {
        for (key, shown) in [
            ("a@b/c d#e.md", "s3://bucket/a@b/c d#e.md"),
            ("a?X-Amz-Signature=1", "s3://bucket/a?***"),
            ("https://u:p@h/a?X-Amz-Signature=1", "https://***@h/a?***"),
        ] {
            let (bucket, key) = ("bucket".to_owned(), key.to_owned());
            assert_eq!(Location { bucket, key }.shown(), shown);
        }
    }

    #[test]
    fn a_bucket_is_a_plain_name() {
        for bucket in ["b", "my-bucket.example_1", "OLD"] {
            assert!(path(bucket, "k").is_ok(), "{bucket}");
        }
        for bucket in [
            "",
            ".",
            "..",
            "a/b",
            "a?b",
            "a#b",
            "a%2fb",
            "a@b",
            "a b",
            "ä",
            &"x".repeat(256),
        ] {
            assert!(path(bucket, "k").is_err(), "{bucket}");
        }
    }
}
