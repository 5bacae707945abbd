//! What a word of a text could be: a name, a value, or a word of a language.

/// The length of the shortest value that its look alone gives away.
pub(super) const MIN_LEN: usize = 6;

/// Whether a text could name something: `api_key`, `X-Api-Key`, `--api-key`, `spring.datasource.password`.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-' || c == '_')
        && text.chars().all(is_part)
}

/// Words before `key` with which it may be that of a table or of a map.
const OF_TABLES: &str = "cache composite foreign group partition primary public sort unique";

/// Whether a value under a name is the name of a column, as in `primary_key: id`, and no key that opens something.
pub(super) fn is_column(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let table = name
        .strip_suffix("key")
        .map(|table| table.trim_end_matches(['_', '-']));
    let of_table = table.is_some_and(|table| is_one_of(OF_TABLES, table));
    of_table && is_name(value) && is_word(value)
}

/// Whether a name may hold this character.
pub(super) fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether a word is one of a list, whatever its case.
pub(super) fn is_one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|it| it.eq_ignore_ascii_case(word))
}

/// Whether a word has letters and digits, or letters of both cases in another order than `createSecretKey`.
pub(super) fn is_random(word: &[u8]) -> bool {
    let has_both =
        || word.iter().any(u8::is_ascii_digit) && word.iter().any(|byte| !byte.is_ascii_digit());
    let is_change = |pair: &&[u8]| {
        pair.iter().all(u8::is_ascii_alphabetic)
            && pair[0].is_ascii_lowercase() != pair[1].is_ascii_lowercase()
    };
    let has_no_order = || {
        let changes = word.windows(2).filter(is_change).count();
        word.len() >= 10 && changes * 5 > word.len() * 2
    };
    word.len() >= MIN_LEN && (has_both() || has_no_order())
}

/// Whether all parts of a word could be words of a language, or numbers behind them: letters in capitals, in small ones,
/// or with a capital first.
pub(super) fn is_word(word: &str) -> bool {
    let is_part = |part: &str| {
        let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
        let mut rest = letters.chars().skip(1);
        letters.chars().all(char::is_alphabetic)
            && (rest.clone().all(char::is_lowercase) || rest.all(char::is_uppercase))
    };
    word.split(|c: char| !c.is_alphanumeric()).all(is_part)
}
