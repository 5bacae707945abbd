//! Names taken apart into words, as the generator does before it makes Rust names of them.

/// The words of a name in lower case: `outputBucket`, `output_bucket` and `output.bucket` have the same two.
pub(crate) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| letters[index]);
        let next_is_lower = letters
            .get(index + 1)
            .is_some_and(|letter| letter.is_lowercase());
        let starts = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase() || (before.is_uppercase() && next_is_lower)
            });
        if !letter.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The name as a Rust field or function has it.
pub(crate) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// The name as a Rust type or variant has it.
pub(crate) fn pascal(name: &str) -> String {
    let capitalized = |word: String| {
        let mut letters = word.chars();
        let first = letters
            .next()
            .map(|letter| letter.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    };
    words(name).into_iter().map(capitalized).collect()
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake, words};

    #[test]
    fn names_fall_into_the_same_words_however_they_are_written() {
        assert_eq!(words("outputBucket"), ["output", "bucket"]);
        assert_eq!(
            words("output_tables_as_HTML"),
            ["output", "tables", "as", "html"]
        );
        assert_eq!(words("HTMLPage"), ["html", "page"]);
        assert_eq!(
            words("parse.partial_success"),
            ["parse", "partial", "success"]
        );
        assert!(words("--").is_empty());
        assert_eq!(snake("gpt4oApiKey"), "gpt4o_api_key");
        assert_eq!(pascal("PARTIAL_SUCCESS"), "PartialSuccess");
        assert_eq!(pascal("BatchParseJobConfig"), "BatchParseJobConfig");
    }
}
