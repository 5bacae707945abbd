//! The line behind a syntax error, found by trying what makes the text YAML: the parser often stops lines later.

use crate::finding::Position;

/// How many bytes are parsed in all to find a repair: eighty readings of the contract, and few of a large file.
const MAX_PARSED: usize = 4 << 20;

/// How many lines above the error are tried, and how many lines that the error is indented below.
const MAX_LINES: usize = 4;

/// How many problems a text may have besides: a line that is moved to a place where nobody meant it has many more.
const MAX_PROBLEMS: usize = 8;

/// Signs that people write for the dash of an item.
const DASHES: [char; 5] = ['–', '—', '•', '*', '+'];

/// An edit of one line, or of a line with what is indented below it, after which the text is YAML.
pub(super) struct Repair {
    pub(super) at: Position,
    pub(super) message: String,
    pub(super) help: String,
}

/// A repair, and the lines that it changes.
struct LineEdit {
    repair: Repair,
    line: usize,
    new: Vec<String>,
}

/// The repair after which the text has the fewest problems, if these are few. `problems` is none where a text is not YAML.
pub(super) fn find(
    text: &str,
    error: usize,
    problems: &dyn Fn(&str) -> Option<usize>,
) -> Option<Repair> {
    let lines: Vec<&str> = text.lines().collect();
    let mut left = MAX_PARSED / text.len().max(1);
    let mut best: Option<(usize, Repair)> = None;
    for line in suspects(&lines, error) {
        for candidate in candidates(&lines, line) {
            if left == 0 {
                break;
            }
            left -= 1;
            let Some(count) = problems(&repaired(&lines, &candidate)) else {
                continue;
            };
            if best.as_ref().is_none_or(|(fewest, _)| count < *fewest) {
                best = Some((count, candidate.repair));
            }
            if count == 0 {
                return best.map(|(_, repair)| repair);
            }
        }
    }
    best.filter(|(count, _)| *count <= MAX_PROBLEMS)
        .map(|(_, repair)| repair)
}

/// The line of the error, those above it, and those that it is indented below; by index, the likeliest first.
fn suspects(lines: &[&str], error: usize) -> Vec<usize> {
    let last = error.min(lines.len());
    let written = (0..last)
        .rev()
        .filter(|at| !lines[*at].trim().is_empty() && !lines[*at].trim_start().starts_with('#'));
    let mut found: Vec<usize> = written.clone().take(MAX_LINES).collect();
    let mut outer = found.first().map_or(0, |first| indent(lines[*first]));
    let above = written.filter(|at| {
        let is_outer = indent(lines[*at]) < outer;
        outer = outer.min(indent(lines[*at]));
        is_outer
    });
    found.extend(above.take(MAX_LINES).collect::<Vec<_>>());
    found.dedup();
    found
}

fn candidates(lines: &[&str], line: usize) -> Vec<LineEdit> {
    let below = lines[line + 1..].iter();
    let below = below.take_while(|next| indent(next) > indent(lines[line]));
    let block = &lines[line..=line + below.count()];
    let words = spelled(lines[line]).map(|(new, message, help)| {
        candidate(
            line,
            lines[line],
            vec![new],
            message.to_owned(),
            help.to_owned(),
        )
    });
    let shifts = [-1, 1, -2, 2, -4, 4];
    let alone = shifts
        .iter()
        .filter_map(|by| shifted(line, &block[..1], *by));
    let together = shifts[..4]
        .iter()
        .filter(|_| block.len() > 1)
        .filter_map(|by| shifted(line, block, *by));
    words.into_iter().chain(alone).chain(together).collect()
}

fn candidate(line: usize, old: &str, new: Vec<String>, message: String, help: String) -> LineEdit {
    let at = Position {
        line: line + 1,
        column: indent(old) + 1,
    };
    let repair = Repair { at, message, help };
    LineEdit { repair, line, new }
}

/// A line with another indentation, alone or with all that is indented below it.
fn shifted(line: usize, block: &[&str], by: isize) -> Option<LineEdit> {
    let own = indent(block.first()?);
    let wanted = own.checked_add_signed(by)?;
    let far = if by < 0 { "far" } else { "little" };
    let new = block.iter().map(|text| {
        let wanted = indent(text).checked_add_signed(by).unwrap_or_default();
        " ".repeat(wanted) + text.trim_start_matches(' ')
    });
    let what = if block.len() > 1 {
        ", and so is what is below it"
    } else {
        ""
    };
    let message = format!("this line is indented too {far}{what}");
    let help = format!("indent it with {wanted} spaces, not {own}");
    Some(candidate(line, block[0], new.collect(), message, help))
}

/// A line in the spelling of YAML, if it has one of another language.
fn spelled(line: &str) -> Option<(String, &'static str, &'static str)> {
    let (space, text) = line.split_at(indent(line));
    if let Some(added) = line.strip_prefix('+').filter(|rest| rest.starts_with(' ')) {
        let message = "the `+` of a diff begins this line";
        return Some((format!(" {added}"), message, "write a space in its place"));
    }
    if let Some(comment) = text.strip_prefix("//") {
        let message = "`//` begins no comment";
        return Some((format!("{space}#{comment}"), message, "begin it with `#`"));
    }
    if let Some(item) = text
        .strip_prefix(DASHES)
        .filter(|rest| rest.starts_with(' '))
    {
        let message = "an item begins with `- `";
        return Some((
            format!("{space}-{item}"),
            message,
            "begin it with a hyphen and a space",
        ));
    }
    let sign = [" = ", "= ", " =", "; "]
        .into_iter()
        .find(|sign| text.contains(sign));
    if let Some(sign) = sign.filter(|_| !text.contains(": ")) {
        let message = "a key and its value have a `: ` between them";
        let new = format!("{space}{}", text.replacen(sign, ": ", 1));
        return Some((new, message, "write `key: value`"));
    }
    unclosed(line)
}

/// A line with the bracket that closes it, if one is missing.
fn unclosed(line: &str) -> Option<(String, &'static str, &'static str)> {
    let is_open = |(open, close): &(char, char)| {
        line.matches(*open).count() == line.matches(*close).count() + 1
    };
    let (_, close) = [('{', '}'), ('[', ']')].into_iter().find(is_open)?;
    let message = "a bracket opens here that does not close";
    let help = "close it at the end of the line";
    Some((format!("{line}{close}"), message, help))
}

fn repaired(lines: &[&str], candidate: &LineEdit) -> String {
    let after = candidate.line + candidate.new.len();
    let new = candidate.new.iter().map(String::as_str);
    let all = lines[..candidate.line].iter().copied().chain(new);
    let all: Vec<&str> = all.chain(lines[after..].iter().copied()).collect();
    all.join("\n") + "\n"
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
