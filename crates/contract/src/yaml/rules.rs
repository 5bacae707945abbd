//! The rules that are checked while the file is read: a tree no longer shows what breaks them.
//!
//! They look at how something is written, and know nothing of OpenAPI but the few keys that `texts.rs` lists.

use crate::rule::Rule;

/// Also one document in the file, keys that are texts, a mapping at the top, and no marks of a merge conflict.
/// The position is that of the likely cause, which `syntax.rs` looks for.
pub(crate) static YAML_SYNTAX: Rule = Rule {
    name: "yaml-syntax",
    why: "a file that is not YAML says nothing",
    example: "description: one: two",
    fix: "description: 'one: two'",
};

/// ```yaml
/// lang: {type: string}
/// pages: {type: integer}
/// lang: {type: string, nullable: true}     # reported here, with the line of the first
/// ```
///
/// Within one mapping, and to the letter. Names that only become the same in Rust are
/// `property-name-collision`'s.
pub(crate) static DUPLICATE_KEY: Rule = Rule {
    name: "duplicate-key",
    why: "most tools silently take the last of two equal keys, so one of the two edits is lost",
    example: "type: string … type: integer",
    fix: "keep one of them",
};

/// `<<` in quotes is a name like any other.
pub(crate) static MERGE_KEY: Rule = Rule {
    name: "merge-key",
    why: "a merge key brings in keys that nobody sees, and tools disagree on whether it does",
    example: "<<: *base",
    fix: "write the keys out, or use `allOf` with a `$ref`",
};

/// Three findings: at the anchor (`&a`), at each alias (`*a`), and at each tag (`!!str`). An alias is read as a
/// value that is not there, so that nothing is concluded from it.
pub(crate) static YAML_ANCHOR: Rule = Rule {
    name: "yaml-anchor",
    why: "anchors, aliases and tags change what a line means far from that line",
    example: "lang: &lang",
    fix: "name the schema as a component and use `$ref`",
};

/// Characters that cannot be seen are refused everywhere but in comments; those that look like an ASCII
/// character, in names, values and references (`yaml11.rs`). Prose may have any letters of any language.
pub(crate) static CONFUSABLE_CHARACTER: Rule = Rule {
    name: "confusable-character",
    why: "a character that cannot be seen, or looks like another one, makes another name",
    example: "lang\u{200b}: ...",
    fix: "lang: ...",
};

/// ```yaml
/// description: |
///   Kind of job.
///   enum: [a, b]       # wrong: a line of the description
/// enum:
///   - low
///     - medium       # wrong: the value is `low - medium`
/// ```
///
/// A line of a block counts as swallowed if it could only be a key: one of a list, with a value of the kind
/// that the key has. "Note: required" is prose.
pub(crate) static SWALLOWED_LINE: Rule = Rule {
    name: "swallowed-line",
    why: "a line that is indented too far becomes a part of the text above it, and so does a key below a block",
    example: "description: | … enum: … (as far in as the text)",
    fix: "description: | … enum: … (as far in as `description`)",
};

/// Only behind prose (`description`, `summary`, `title`), where a `#` is likely to be a number sign. Behind
/// `type: string` a comment is a comment.
pub(crate) static COMMENT_IN_TEXT: Rule = Rule {
    name: "comment-in-text",
    why: "a ` #` ends a bare text, and the rest of the sentence becomes a comment",
    example: "description: Language of documents # as a code",
    fix: "description: 'Language of documents # as a code'",
};
