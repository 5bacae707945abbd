//! The rules that are checked while the file is read: a tree no longer shows what breaks them.

use crate::rule::Rule;

pub(crate) static YAML_SYNTAX: Rule = Rule {
    name: "yaml-syntax",
    why: "a file that is not YAML says nothing",
    example: "description: one: two",
    fix: "description: 'one: two'",
};

pub(crate) static DUPLICATE_KEY: Rule = Rule {
    name: "duplicate-key",
    why: "most tools silently take the last of two equal keys, so one of the two edits is lost",
    example: "type: string … type: integer",
    fix: "keep one of them",
};

pub(crate) static MERGE_KEY: Rule = Rule {
    name: "merge-key",
    why: "a merge key brings in keys that nobody sees, and tools disagree on whether it does",
    example: "<<: *base",
    fix: "write the keys out, or use `allOf` with a `$ref`",
};

pub(crate) static YAML_ANCHOR: Rule = Rule {
    name: "yaml-anchor",
    why: "anchors, aliases and tags change what a line means far from that line",
    example: "lang: &lang",
    fix: "name the schema as a component and use `$ref`",
};

pub(crate) static CONFUSABLE_CHARACTER: Rule = Rule {
    name: "confusable-character",
    why: "a character that cannot be seen, or looks like another one, makes another name",
    example: "lang\u{200b}: ...",
    fix: "lang: ...",
};

pub(crate) static SWALLOWED_LINE: Rule = Rule {
    name: "swallowed-line",
    why: "a line that is indented too far becomes a part of the text above it, and so does a key below a block",
    example: "description: | … enum: … (as far in as the text)",
    fix: "description: | … enum: … (as far in as `description`)",
};

pub(crate) static COMMENT_IN_TEXT: Rule = Rule {
    name: "comment-in-text",
    why: "a ` #` ends a bare text, and the rest of the sentence becomes a comment",
    example: "description: Language of documents # as a code",
    fix: "description: 'Language of documents # as a code'",
};
