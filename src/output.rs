//! Where an output is.

use std::fmt::{self, Display, Formatter};

use crate::types::ProcessingResult;

/// Where an output is stored.
///
/// Bucket and key are as the service wrote them: nothing is decoded, since a
/// `%`, a `+` or a space in a key is just that.
///
/// ```
/// # use processing_results::types::ProcessingResult;
/// # let mut result: ProcessingResult = serde_json::from_str(r#"{
/// #     "item_id": "invoice-0001", "result_id": "r-1", "job_type": "parse", "job_config": {},
/// #     "processed_at": "2026-03-01T09:30:00", "parameters_hash": "h",
/// #     "output_s3_path": "s3://outputs/2026/100% done.md"
/// # }"#)?;
/// let output = result.output().ok_or("no output")?;
/// assert_eq!((output.bucket, output.key), (Some("outputs"), "2026/100% done.md"));
/// assert_eq!(output.to_string(), "s3://outputs/2026/100% done.md");
///
/// result.output_s3_path = "2026/report.md".into();
/// assert_eq!(result.output().ok_or("no output")?.bucket, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputLocation<'a> {
    /// The bucket; none if the service named only a key.
    pub bucket: Option<&'a str>,
    /// The object's key in the bucket; never empty.
    pub key: &'a str,
}

impl ProcessingResult {
    /// Where the output is: `s3://bucket/key`, or a bare key, which is all
    /// else that is not empty. None if there is no key.
    #[must_use]
    pub fn output(&self) -> Option<OutputLocation<'_>> {
        let path = self.output_s3_path.as_str();
        let (scheme, rest) = path.split_at_checked(5).unwrap_or_default();
        let (bucket, key) = match scheme.eq_ignore_ascii_case("s3://") {
            true => rest.split_once('/').unwrap_or((rest, "")),
            false => ("", path),
        };
        let bucket = Some(bucket).filter(|bucket| !bucket.is_empty());
        (!key.is_empty()).then_some(OutputLocation { bucket, key })
    }
}

/// As the service writes it.
impl Display for OutputLocation<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.bucket {
            Some(bucket) => write!(f, "s3://{bucket}/{}", self.key),
            None => f.write_str(self.key),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn result(path: &str) -> ProcessingResult {
        let json = serde_json::json!({
            "item_id": "a", "result_id": "r", "job_type": "parse", "job_config": {},
            "processed_at": "2026-03-01T09:30:00", "parameters_hash": "", "output_s3_path": path
        });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_location_is_read_to_the_letter() {
        for (path, expected) in [
            ("", None),
            ("s3:", Some((None, "s3:"))),
            ("s3:/", Some((None, "s3:/"))),
            ("s3://", None),
            ("s3://bucket", None),
            ("s3://bucket/", None),
            ("s3://bucket/key", Some((Some("bucket"), "key"))),
            ("S3://bucket/key", Some((Some("bucket"), "key"))),
            ("s3://bucket//key", Some((Some("bucket"), "/key"))),
            ("s3:///key", Some((None, "key"))),
            (
                "s3://b/a%20b+c d/é/日本.md",
                Some((Some("b"), "a%20b+c d/é/日本.md")),
            ),
            ("s3://b/../key/./?#", Some((Some("b"), "../key/./?#"))),
            ("a/b.json", Some((None, "a/b.json"))),
            ("/a/b.json", Some((None, "/a/b.json"))),
            (" ", Some((None, " "))),
            ("日本語", Some((None, "日本語"))),
            ("s3:/é", Some((None, "s3:/é"))),
        ] {
            let result = result(path);
            let output = result.output().map(|output| (output.bucket, output.key));
            assert_eq!(output, expected, "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_location_or_none(path in "(?s)(s3://)?.{0,40}") {
            let result = result(&path);
            if let Some(output) = result.output() {
                prop_assert!(path.ends_with(output.key));
                prop_assert!(path.contains(output.bucket.unwrap_or_default()));
            }
        }

        #[test]
        fn what_is_shown_is_read_the_same_again(bucket in "[a-z]{1,9}", key in "(?s).{1,20}") {
            let location = OutputLocation { bucket: Some(&bucket), key: &key };
            let read = result(&location.to_string());
            prop_assert_eq!(read.output(), Some(location));
        }
    }
}
