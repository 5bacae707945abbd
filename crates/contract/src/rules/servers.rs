//! The servers that keys are sent to, and the regions that they stand for.
//!
//! ```yaml
//! servers:
//!   - {url: https://api.cloud.llamaindex.ai, x-region: NorthAmerica}     # the default, since it is the first
//!   - {url: https://api.cloud.eu.llamaindex.ai, x-region: Eu}
//! ```
//!
//! A mistake here sends a customer's key to somebody else, so a URL is an https origin and nothing more, and a
//! domain that is almost another one is taken for a mistake. Each server is a variant of `Region`, and a value of
//! `--region`.

use super::twice::already;
use crate::extensions::region_names;
use crate::nearest::nearest;
use crate::report::Report;
use crate::rule::Rule;
use crate::spec::{REGION, Spec};
use crate::yaml::Node;
use heck::ToUpperCamelCase;
use std::collections::HashMap;

/// | written | what is wrong |
/// |---|---|
/// | `http://api.example.com` | the key would travel in the open |
/// | `https://api.example.com/` | the path is glued on, with two slashes |
/// | `https://key@api.example.com` | a credential in the contract |
/// | `https://api.example.co` beside `api.example.com` | a domain that differs by its ending |
/// | "Default for Europe" at the second server | the first server is the default |
///
/// A new domain that is near no other is a decision, and accepted. Nothing is looked up in the network.
pub(crate) static SERVER_IS_KNOWN: Rule = Rule {
    name: "server-is-known",
    why: "keys are sent to each server that is named here, over its scheme, and the first server is the default",
    example: "url: http://api.cloud.llamaindex.ai/",
    fix: "url: https://api.cloud.llamaindex.ai",
};

/// `NorthAmerica` is `--region north-america` and `--region na`; `Eu` is `--region eu`. No two servers may
/// share any of these, so `NewArea` beside `NorthAmerica` is a finding: both would be `na`.
pub(crate) static SERVER_REGION: Rule = Rule {
    name: "server-region",
    why: "each server is a variant of the Rust enum `Region`, and a value of `--region` by its name and by its initials",
    example: "- url: https://api.cloud.eu.llamaindex.ai … (no x-region)",
    fix: "- url: https://api.cloud.eu.llamaindex.ai … x-region: Eu",
};

pub(crate) fn check(spec: &Spec, report: &mut Report) {
    let mut seen = Seen::default();
    for (index, server) in spec.root.items_of("servers").iter().enumerate() {
        url(server, &mut seen, report);
        region(server, &mut seen, report);
        if index > 0 {
            not_the_default(server, report);
        }
    }
}

/// What the servers before this one have, with their lines.
#[derive(Default)]
struct Seen<'a> {
    urls: HashMap<&'a str, usize>,
    /// Lines of the servers, by each name that `--region` takes.
    regions: HashMap<String, usize>,
    domains: Vec<&'a str>,
    /// Domains by what stands before their ending.
    stems: HashMap<&'a str, &'a str>,
}

/// Checks one URL: on its own, then against those before it. A URL that is unusable is compared with no other.
fn url<'a>(server: &'a Node, seen: &mut Seen<'a>, report: &mut Report) {
    let Some(url) = server.get("url") else {
        return;
    };
    let text = url.text().unwrap_or_default();
    if let Some((message, help)) = unusable(text) {
        report.add(&SERVER_IS_KNOWN, url.at, message, help);
        return;
    }
    if let Some(line) = seen.urls.insert(text, server.at.line) {
        let message = format!("`{text}` is already on line {line}");
        report.add(&SERVER_IS_KNOWN, url.at, message, "keep one of them");
        return;
    }
    let own = domain(text);
    let stem = own.rsplit_once('.').map_or(own, |(stem, _)| stem);
    // A new domain is a decision; one that differs by a letter or by its ending is an error in writing.
    let near = match seen.stems.get(stem) {
        Some(near) if *near == own => return,
        Some(near) => Some(*near),
        None => nearest(own, seen.domains.iter().copied()),
    };
    seen.stems.insert(stem, own);
    seen.domains.push(own);
    if let Some(near) = near {
        let help = format!("did you mean `{}`?", text.replacen(own, near, 1));
        let message = format!("`{own}` is almost the domain of another server");
        report.add(&SERVER_IS_KNOWN, url.at, message, help);
    }
}

/// What keeps a URL from being a server of the service, and what to write instead.
///
/// `http://a.example.com` is not https, `https://a.example.com/v1` has more than a host, `https://localhost`
/// and `https://a..b` have no valid host. A port is allowed.
fn unusable(url: &str) -> Option<(String, String)> {
    let Some(rest) = url.strip_prefix("https://") else {
        let host = url.split_once("://").map_or(url, |(_, rest)| rest);
        let help = format!("write `https://{}`", host.trim_end_matches('/'));
        return Some((format!("`{url}` is not an https URL"), help));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let is_host = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || ".-:".contains(letter)
    };
    let wrong = match rest {
        _ if rest.contains('@') => "contains a user or a password",
        _ if rest != host => "has more than a host",
        _ if !host.contains('.') || host.contains("..") || !host.chars().all(is_host) => {
            let help = "write the name of a host in lower case, such as `https://api.example.com`";
            return Some((format!("`{url}` has no valid host"), help.to_owned()));
        }
        _ => return None,
    };
    let help = format!("write `https://{host}`; the path of the call is below `paths`");
    Some((format!("`{url}` {wrong}"), help))
}

/// The last two labels of the host: `https://api.cloud.example.com:8443` has the domain `example.com`.
fn domain(url: &str) -> &str {
    let host = url.rsplit('/').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let dot = host.rmatch_indices('.').nth(1);
    &host[dot.map_or(0, |(dot, _)| dot + 1)..]
}

/// Checks the region of one server. A name that is no variant is not compared with others.
fn region<'a>(server: &'a Node, seen: &mut Seen<'a>, report: &mut Report) {
    let Some(entry) = server.entry(REGION) else {
        let help = "write `x-region:` with a name in UpperCamelCase, such as `NorthAmerica`";
        let message = "the server does not say which region it is";
        report.add(&SERVER_REGION, server.at, message, help);
        return;
    };
    let region = entry.value.text().unwrap_or_default();
    let wanted = region.to_upper_camel_case();
    let starts = wanted.starts_with(|first: char| first.is_ascii_alphabetic());
    let mut add = |message, help: &str| report.add(&SERVER_REGION, entry.value.at, message, help);
    if !starts || !wanted.is_ascii() || wanted == "Self" {
        let message = format!("`{region}` cannot be the name of a Rust variant");
        add(message, "write letters and digits, beginning with a letter");
    } else if wanted != region {
        let message = format!("`{region}` is not in UpperCamelCase, as Rust variants are");
        add(message, &format!("write `{wanted}`"));
    } else {
        let (name, short_name) = region_names(region);
        let line = server.at.line;
        let taken = already(&mut seen.regions, name.clone(), line);
        // A name of one word is its own short name.
        let short = (short_name != name).then(|| short_name.clone());
        let taken_short = short.and_then(|short| already(&mut seen.regions, short, line));
        if let Some(line) = taken {
            let message = format!("`--region {name}` is already the server on line {line}");
            add(message, "each server is a region of its own");
        } else if let Some(line) = taken_short {
            let message = format!("`--region {short_name}` is already the server on line {line}");
            add(message, "name the region so that its initials differ");
        }
    }
}

/// The first server is the default, so that another one which says that it is was moved by mistake.
fn not_the_default(server: &Node, report: &mut Report) {
    let Some(entry) = server.entry("description") else {
        return;
    };
    let text = entry.value.text().unwrap_or_default();
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    if words.any(|word| word.eq_ignore_ascii_case("default")) {
        let message = "the description says that this is the default, which is the first server";
        let help = "move the server to the top of the list, or correct the description";
        report.add(&SERVER_IS_KNOWN, entry.at, message, help);
    }
}
