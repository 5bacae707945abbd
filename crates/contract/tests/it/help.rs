//! What a finding says to write is written, as a reader would, and checked again.

use super::spec_errors;
use processing_results_contract::{Finding, check};

/// The text after what the help says, where that is a matter of typing; the first way where there are several.
fn followed(text: &str, finding: &Finding) -> Option<String> {
    let help = finding.help.as_deref()?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = finding.line - 1;
    let line = lines[at].clone();
    let column = line
        .char_indices()
        .nth(finding.column - 1)
        .map_or(line.len(), |(at, _)| at);
    // An empty value is behind its colon.
    let (before, rest) = match line.split_at(column) {
        (_, ":") => (line.as_str(), ""),
        parts => parts,
    };
    let (before, rest) = (before.to_owned(), rest.to_owned());
    let whole = |lines: &[String]| Some(lines.join("\n") + "\n");
    // There are several ways, and one of them was meant.
    if help.contains(", or ") || help.contains(", and ") {
        return None;
    }
    if finding.message.starts_with("U+") {
        // One of several is not enough to see what the line means then.
        if !rest.chars().skip(1).all(|letter| letter.is_ascii()) {
            return None;
        }
        let with = help
            .strip_prefix("write `")
            .and_then(|help| help.strip_suffix('`'));
        let rest: String = rest.chars().skip(1).collect();
        lines[at] = format!("{before}{}{rest}", with.unwrap_or_default());
        return whole(&lines);
    }
    if help.starts_with("remove it") {
        let below = lines[at + 1..].iter();
        let below = below
            .take_while(|below| indent(below) > indent(&line))
            .count();
        lines.drain(at..=at + below);
        return whole(&lines);
    }
    if help.starts_with("put the text in quotes") || help.starts_with("put it in quotes") {
        lines[at] = format!(
            "{before}\"{}\"",
            rest.replace('\\', "\\\\").replace('"', "\\\"")
        );
        return whole(&lines);
    }
    let (said, code) = help.split_once('`')?;
    let (code, more) = code.split_once('`')?;
    // A form to fill in is not a matter of typing.
    let to_fill =
        ["...", "NAME"].iter().any(|part| code.contains(part)) || more.contains(['`', 'w']);
    if !["write ", "did you mean "].contains(&said) || to_fill {
        return None;
    }
    if finding.rule == "used-by-bindings" {
        // The name stands in several places.
        let name = rest.split(':').next()?;
        return Some(text.replace(name, code));
    }
    let key = code.split_once(':').map(|(key, _)| key);
    let is_same_key = key.is_some_and(|key| {
        rest.starts_with(&format!("{key}:")) || rest.starts_with(&format!("'{key}'"))
    });
    let is_value = before.trim_end().ends_with(':') || before.trim_end().ends_with('-');
    lines[at] = match key {
        // The line itself, or the line of the value that the position is at.
        Some(key) if is_value && before.trim_end().ends_with(&format!("{key}:")) => {
            format!("{}{code}", " ".repeat(indent(&line)))
        }
        Some(_) if is_same_key => format!("{before}{code}"),
        Some(key) if code.ends_with(':') && rest.trim_end().contains(':') && !key.contains(' ') => {
            let (_, value) = rest.split_once(':')?;
            format!("{before}{code}{value}")
        }
        // One more line below a key.
        Some(_) if rest.trim_end().ends_with(':') => {
            lines.insert(
                at + 1,
                format!(
                    "{}{code}",
                    " ".repeat(indent(&line) + 2 + usize::from(rest.starts_with('-')) * 2)
                ),
            );
            line
        }
        Some(_) => return None,
        None => {
            // A value to its end, a key to its colon; quotes stay.
            let quote = rest.chars().next();
            let quote = quote.filter(|quote| "'\"".contains(*quote) && !code.starts_with('"'));
            let (open, code) = match quote {
                Some(quote) => (&rest[1..], format!("{quote}{code}")),
                None => (rest.as_str(), code.to_owned()),
            };
            let end = match quote {
                Some(quote) => open.find(quote),
                None => open
                    .find(": ")
                    .or_else(|| open.strip_suffix(':').map(str::len)),
            };
            format!("{before}{code}{}", &open[end.unwrap_or(open.len())..])
        }
    };
    Some(lines.join("\n") + "\n")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A finding without its place: lines move when one is added.
fn kind(finding: &Finding) -> (&'static str, &str) {
    (finding.rule, &finding.message)
}

#[test]
fn what_the_help_says_to_write_is_accepted() {
    let (mut count, mut wrong) = (0, Vec::new());
    for (name, text) in spec_errors::texts() {
        let findings = check("", &text);
        for finding in &findings {
            let Some(after) = followed(&text, finding) else {
                continue;
            };
            count += 1;
            let left = check("", &after);
            let stays = left.iter().any(|left| kind(left) == kind(finding));
            let new: Vec<_> = left
                .iter()
                .filter(|left| {
                    left.rule != "description-block"
                        && findings.iter().all(|known| kind(known) != kind(left))
                })
                .collect();
            if stays || !new.is_empty() {
                let help = finding.help.as_deref().unwrap_or_default();
                wrong.push(format!(
                    "{name}: {finding}; {help}: {}",
                    if stays {
                        "stays".to_owned()
                    } else {
                        format!("{new:?}")
                    }
                ));
            }
        }
    }
    println!("{count} remedies");
    assert!(wrong.is_empty(), "{} of {count}: {wrong:#?}", wrong.len());
    assert!(count > 60, "only {count} can be followed by typing");
}
