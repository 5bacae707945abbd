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
