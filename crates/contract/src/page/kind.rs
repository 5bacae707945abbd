//! The type of a field, as the page spells it in a code span.
//!
//! | code span | read as |
//! |---|---|
//! | `item_id: string` | a required field of one term |
//! | `lang: optional "en" or "de" or 84 more` | an optional field: two values, and 84 more below |
//! | `items: optional array of object { a, b, 6 more }` | a list of objects with eight members |
//! | `headers: optional map[string]` | a map of texts |
//! | `JobConfig = object { a } or ClassifyJob` | a structure with a name, which is one of two |
//! | `"parse"` | a value of an enum |
//!
//! Anything else is nothing: the caller refuses the line. The grammar is that of the generator which writes the page:
//!
//! ```text
//! bullet  = value | name ": " ["optional "] type | name " = " type
//! type    = "array of " type | term {" or " term} [" or " count " more"]
//! term    = word | value | "map[" type "]" | "object {" {member ","} [count " more"] "}"
//! ```

/// One alternative of a type. `A or B` has two.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    /// `string`, `unknown`, or the name of a structure.
    Word(String),
    /// `"parse"`.
    Value(String),
    /// `array of ...`: all that follows belongs to it.
    Array(Vec<Term>),
    /// `map[...]`.
    Map(Vec<Term>),
    /// `object { a, b, c, 6 more }`.
    Object(MemberList),
}

/// Members as their parent lists them: some by name, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MemberList {
    pub(super) names: Vec<String>,
    pub(super) total: usize,
}

/// What stands before `: ` or ` = ` in a code span, and the type behind it; or a value on its own.
#[derive(Debug, PartialEq)]
pub(super) enum Declaration {
    Field {
        name: String,
        optional: bool,
        terms: Terms,
    },
    Named {
        name: String,
        terms: Terms,
    },
    Value(String),
}

/// The alternatives of a type; `more` values are listed only below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Terms {
    pub(super) terms: Vec<Term>,
    pub(super) more: usize,
}

/// Reads a code span that is a complete bullet.
///
/// A name is one word; so `see: the other page` in code is no field, as its type is none.
pub(super) fn declaration(text: &str) -> Option<Declaration> {
    if text.starts_with('"') {
        return value(text).map(Declaration::Value);
    }
    let is_name = |name: &str| !name.is_empty() && !name.contains([' ', '"', '{', '`']);
    match (text.split_once(": "), text.split_once(" = ")) {
        (Some((name, rest)), _) if is_name(name) => {
            let required = rest.strip_prefix("optional ");
            Some(Declaration::Field {
                name: name.to_owned(),
                optional: required.is_some(),
                terms: terms(required.unwrap_or(rest))?,
            })
        }
        (_, Some((name, rest))) if is_name(name) => Some(Declaration::Named {
            name: name.to_owned(),
            terms: terms(rest)?,
        }),
        _ => None,
    }
}

/// The text between quotes, with no quote in it.
fn value(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('"')).then(|| inner.to_owned())
}

/// The alternatives of a type. `array of` takes all that follows: `array of A or B` is a list of either. `N more` comes
/// last, and never alone.
fn terms(text: &str) -> Option<Terms> {
    let mut found = Terms::default();
    let mut rest = text.trim();
    loop {
        if let Some(inner) = rest.strip_prefix("array of ") {
            let inner = terms(inner)?;
            found.more = inner.more;
            found.terms.push(Term::Array(inner.terms));
            return Some(found);
        }
        let (term, after) = rest.split_at(end_of_term(rest)?);
        match count(term.trim()) {
            Some(more) if !found.terms.is_empty() => found.more = more,
            _ => found.terms.push(single(term.trim())?),
        }
        match after.strip_prefix(" or ") {
            _ if after.is_empty() => return Some(found),
            Some(next) if found.more == 0 => rest = next.trim_start(),
            _ => return None,
        }
    }
}

/// Where the first alternative ends: before ` or ` outside brackets and quotes, or at the end. `None` where a bracket or
/// a quote has no partner.
fn end_of_term(text: &str) -> Option<usize> {
    let (mut depth, mut quoted) = (0_usize, false);
    for (index, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth = depth.checked_sub(1)?,
            ' ' if !quoted && depth == 0 && text[index..].starts_with(" or ") => {
                return Some(index);
            }
            _ => {}
        }
    }
    (depth == 0 && !quoted).then_some(text.len())
}

/// One alternative that is no list.
fn single(text: &str) -> Option<Term> {
    if text.starts_with('"') {
        return value(text).map(Term::Value);
    }
    let within = |open: &str, close| text.strip_prefix(open)?.strip_suffix(close);
    if let Some(inner) = within("map[", "]") {
        return terms(inner).map(|inner| Term::Map(inner.terms));
    }
    if let Some(inner) = within("object {", "}") {
        return listing(inner).map(Term::Object);
    }
    let is_word = !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_');
    is_word.then(|| Term::Word(text.to_owned()))
}

/// The members of an object; the last one may be `N more`.
fn listing(text: &str) -> Option<MemberList> {
    let mut listing = MemberList::default();
    let members: Vec<&str> = text
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    for (index, member) in members.iter().enumerate() {
        match count(member) {
            Some(more) if index + 1 == members.len() => listing.total += more,
            None if !member.contains(' ') => {
                listing.names.push((*member).to_owned());
                listing.total += 1;
            }
            _ => return None,
        }
    }
    Some(listing)
}

/// The number in `6 more`.
fn count(text: &str) -> Option<usize> {
    text.strip_suffix(" more")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Declaration, Term, declaration};

    fn words(text: &str) -> String {
        format!("{:?}", declaration(text))
    }

    #[test]
    fn an_array_takes_all_alternatives_behind_it() {
        let Some(Declaration::Field {
            optional, terms, ..
        }) = declaration(r#"events: optional array of "a" or "b or c" or 14 more"#)
        else {
            panic!("a field");
        };
        assert!(optional);
        assert_eq!(terms.more, 14);
        let values = ["a", "b or c"].map(|value| Term::Value(value.to_owned()));
        assert_eq!(terms.terms, [Term::Array(values.to_vec())]);
    }

    #[test]
    fn members_and_names_are_alternatives() {
        let read = words("job_config: object { a, b, c, 6 more }  or ClassifyJob");
        assert!(read.contains("total: 9"), "{read}");
        assert!(read.contains(r#"Word("ClassifyJob")"#), "{read}");
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for text in [
            "a: ",
            "a: string or",
            "a: object { b",
            r#"a: "b"#,
            "a b",
            "a: map[string",
            "a: object { b c }",
            "a: string or 3 more or string",
            "a: 3 more",
            "two words: string",
            "a: object { 2 more, b }",
        ] {
            assert_eq!(declaration(text), None, "{text}");
        }
    }
}
