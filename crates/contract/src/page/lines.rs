//! The lines of the page: sections, and the bullets in them. Prose is passed over, and not kept.
//!
//! ```text
//! ### Returns                            Section { title: "Returns" }
//! - `job_config: object { a, b }`          Bullet, depth 0
//!   What the job is configured by.         prose of the bullet above
//!   - `a: string`                          Bullet, depth 1, below the first
//!   - `b: string`                          Bullet, depth 1
//! ```
//!
//! Depth is two spaces a level. One pass over the text: `open` has the bullet of each depth that still may get others
//! below it.
//!
//! | line | what becomes of it |
//! |---|---|
//! | `` - `a: string` `` | a bullet |
//! | `` - `a: strin g` `` | refused: it is in code, so that it was meant as one |
//! | `- a: string` | refused: it looks like a bullet that lost its code span |
//! | ``    - `a: string` `` | refused: three spaces are no depth |
//! | ``   Text with `code` in it. `` | prose, if a bullet is above it |
//! | `Text at the left margin` | refused within a section, passed over before the first |

use super::Refused;
use super::kind::{Declaration, Terms, declaration};
use crate::finding::Position;

/// A bullet that is one code span, with those below it. `column` is that of the text in the span.
pub(super) struct Bullet {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) declared: Declaration,
    pub(super) below: Vec<Bullet>,
}

impl Bullet {
    /// Where what the bullet declares is on the page, for reports.
    pub(super) fn at(&self) -> Position {
        Position {
            line: self.line,
            column: self.column,
        }
    }

    /// An error about this line.
    pub(super) fn refuse<T>(&self, message: impl Into<String>) -> Result<T, Refused> {
        Err(Refused::new(self.line, message))
    }

    /// The name of a field, whether it is optional, and its type.
    pub(super) fn field(&self) -> Result<(&str, bool, &Terms), Refused> {
        match &self.declared {
            Declaration::Field {
                name,
                optional,
                terms,
            } => Ok((name, *optional, terms)),
            _ => self.refuse("a field is expected here, like `name: optional string`"),
        }
    }

    /// The name of a field, if it is one.
    pub(super) fn name(&self) -> Option<&str> {
        self.field().ok().map(|(name, ..)| name)
    }
}

/// A part of the page between two headings.
pub(super) struct Section {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) bullets: Vec<Bullet>,
}

/// What the page consists of.
pub(super) struct Lines {
    /// Method and path template, with the line that has them.
    pub(super) call: Option<(String, String, usize)>,
    pub(super) sections: Vec<Section>,
}

/// Heading from which on there are only examples, `### Example` or `### Examples`.
const EXAMPLES: &str = "Example";

/// Reads the page up to its examples. Fenced code is passed over; what stands before the first section is, too, but for
/// the line with the call.
pub(super) fn read(text: &str) -> Result<Lines, Refused> {
    let mut lines = Lines {
        call: None,
        sections: Vec::new(),
    };
    let (mut open, mut fence) = (Vec::new(), None);
    for (index, line) in text.lines().enumerate() {
        let (line, number) = (line.trim_end(), index + 1);
        let content = line.trim_start();
        if content.starts_with("```") {
            // The end of a fence is bare.
            fence = match fence {
                Some(start) if content != "```" => Some(start),
                Some(_) => None,
                None => Some(number),
            };
        } else if fence.is_some() || content.is_empty() {
        } else if let Some(title) = line.strip_prefix("### ") {
            close(&mut open, 0, &mut lines.sections);
            if title.starts_with(EXAMPLES) {
                return Ok(lines);
            }
            let (line, title) = (number, title.to_owned());
            lines.sections.push(Section {
                line,
                title,
                bullets: Vec::new(),
            });
        } else if !lines.sections.is_empty() {
            bullet(line, number, &mut open, &mut lines.sections)?;
        } else if let Some((method, path)) = call(line) {
            lines.call = Some((method, path, number));
        }
    }
    close(&mut open, 0, &mut lines.sections);
    match fence {
        Some(start) => Err(Refused::new(start, "this fence is not closed")),
        None => Ok(lines),
    }
}

/// Method and path of a line like `**get** `/path``.
fn call(line: &str) -> Option<(String, String)> {
    let (method, rest) = line.strip_prefix("**")?.split_once("** `")?;
    Some((method.to_lowercase(), rest.strip_suffix('`')?.to_owned()))
}

/// A line below a section's heading: a bullet, or prose that belongs to the bullet above it.
///
/// A bullet may be one level deeper than the one above it, and any number of levels less deep.
fn bullet(
    line: &str,
    number: usize,
    open: &mut Vec<Bullet>,
    sections: &mut [Section],
) -> Result<(), Refused> {
    let content = line.trim_start_matches(' ');
    let indent = line.len() - content.len();
    let text = content
        .strip_prefix("- ")
        .and_then(|text| text.strip_prefix('`')?.strip_suffix('`'));
    let Some(text) = text.filter(|text| !text.contains('`')) else {
        return prose(content, indent, number, open);
    };
    if !indent.is_multiple_of(2) || indent / 2 > open.len() {
        let message = format!("a bullet may not be indented by {indent} spaces here");
        return Err(Refused::new(number, message));
    }
    let Some(declared) = declaration(text) else {
        let message = format!("`{text}` is neither a field, nor a structure, nor a value");
        return Err(Refused::new(number, message));
    };
    close(open, indent / 2, sections);
    open.push(Bullet {
        line: number,
        column: indent + 3,
        declared,
        below: Vec::new(),
    });
    Ok(())
}

/// Prose is indented below its bullet, and does not look like a bullet that lost its code span.
///
/// A bullet without backticks, or with one of two, would be a field that is taken for prose.
fn prose(content: &str, indent: usize, number: usize, open: &[Bullet]) -> Result<(), Refused> {
    let bare = content.strip_prefix("- ").map(|text| text.replace('`', ""));
    let looks_declared = bare.is_some_and(|text| declaration(&text).is_some());
    if open.is_empty()
        || indent < 2
        || looks_declared
        || !content.matches('`').count().is_multiple_of(2)
    {
        let message =
            "this is neither a bullet that is one code span, nor text that belongs to one";
        return Err(Refused::new(number, message));
    }
    Ok(())
}

/// Puts what is deeper than `depth` where it belongs.
///
/// Bullets move from `open` to the bullet above them, and those of depth 0 into the section that was begun last.
fn close(open: &mut Vec<Bullet>, depth: usize, sections: &mut [Section]) {
    while open.len() > depth {
        let Some(bullet) = open.pop() else { return };
        match (open.last_mut(), sections.last_mut()) {
            (Some(parent), _) => parent.below.push(bullet),
            (None, Some(section)) => section.bullets.push(bullet),
            (None, None) => {}
        }
    }
}
