//! Credentials in a text by the name before them: `password=x`, `api_key: x`, `{'api_key': 'x'}`, `<password>x<`.
//!
//! The text may be a log line, a connection string, YAML, TOML, Python's notation, a shell command or JSON with something
//! around it. Which of them it is shows in what stands beside the name. In prose a colon is no sign: of "the key: value
//! pairs" nothing is hidden.

use std::ops::Range;

use super::frame::{NAMES, VALUES};
use super::policy::{MASK, Names};
use super::words::{is_column, is_name, is_one_of, is_part, is_word};

mod value;

use value::{End, value};

/// Names in links, connection strings and cookies that are known to stand before a credential, whatever else is known of
/// names: presigned links of AWS (Signature Version 4 and 2), of Google Cloud Storage and of Azure (`sig`), connection
/// strings of Azure Storage and Service Bus, and the sessions of Java, PHP and Express.
const KNOWN: [&str; 13] = [
    "x-amz-signature",
    "x-amz-security-token",
    "x-amz-credential",
    "x-goog-signature",
    "awsaccesskeyid",
    "signature",
    "sig",
    "accountkey",
    "sharedaccesskey",
    "sessionid",
    "jsessionid",
    "phpsessid",
    "connect.sid",
];

/// Names that are headings, too: behind them, words of a language are no credential.
const PRINTED: &str = "certificate cookie cookies header headers key keys pem session signature";

/// Names, and what of a password is looked at, are not longer: the work is linear in the text.
const MAX_NAME: usize = 128;

/// The values whose name is that of a credential, without their quotes.
pub(super) fn named(text: &str, is_credential: Names) -> Vec<Range<usize>> {
    let mut scan = Scan {
        text,
        is_credential,
        from: 0,
        is_flow: false,
        names_credential: false,
        found: Vec::new(),
    };
    let is_sign = |c: char| matches!(c, ':' | '=' | '>');
    while let Some(sign) = text[scan.from..].find(is_sign).map(|at| scan.from + at) {
        scan.from = scan.sign(sign).max(sign + 1);
    }
    scan.found
}

struct Scan<'t> {
    text: &'t str,
    is_credential: Names,
    /// Behind the last sign, or the value behind it.
    from: usize,
    /// Whether a `{` of this line is open, as in YAML's `{host: h, password: x}`.
    is_flow: bool,
    /// Whether the last member that can name the value of another named a credential.
    names_credential: bool,
    found: Vec<Range<usize>>,
}

/// A name, and what stands before it.
struct Name<'t> {
    text: &'t str,
    is_quoted: bool,
    /// The quote that began before it and has not ended, as in `-H "X-Api-Key: x"`.
    quote: Option<char>,
    /// The last character before it that is no space.
    before: Option<char>,
    starts_line: bool,
}

impl<'t> Scan<'t> {
    /// Looks at one sign, and returns where to continue.
    fn sign(&mut self, sign: usize) -> usize {
        let text = self.text;
        let name = self.name(sign);
        let rest = &text[sign + 1..];
        let (end, skipped) = match text.as_bytes()[sign] {
            b'>' => {
                self.found.extend(self.tagged(sign));
                return sign + 1;
            }
            b'=' if rest.starts_with('=') || text[..sign].ends_with(['!', '<', '>', '=']) => {
                return sign + 1;
            }
            b'=' if name.before == Some(';') => (End::Field, 0),
            b'=' => (End::Word, usize::from(rest.starts_with('>'))),
            // A path of code: `Key::new(x)`.
            b':' if rest.starts_with(':') => return sign + 2,
            b':' => match self.colon(&name, rest) {
                Some(end) => (end, usize::from(rest.starts_with('='))),
                None => return sign + 1,
            },
            _ => return sign + 1,
        };
        let at = sign + 1 + skipped;
        match self.is_secret(&name, at) && !is_login(&name, rest) {
            true => self.value(&name, at, end).unwrap_or(sign + 1),
            false => sign + 1,
        }
    }

    /// Whether what begins at a place is a credential by its name, or by what a member before it names.
    fn is_secret(&mut self, name: &Name<'_>, at: usize) -> bool {
        let is_one_of = |names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(name.text));
        if is_one_of(&NAMES) {
            self.names_credential = first_word(&self.text[at..]).is_some_and(self.is_credential);
        }
        let is_named = is_one_of(&VALUES) && std::mem::take(&mut self.names_credential);
        is_named || is_one_of(&KNOWN) || (self.is_credential)(name.text)
    }

    /// Finds the value of a credential, and returns where it ends; none if it is no value after all.
    fn value(&mut self, name: &Name<'_>, at: usize, end: End) -> Option<usize> {
        let text = self.text;
        let value = value(text, at, end);
        let shown = &text[value.clone()];
        if is_column(name.text, shown) || is_prose(name, &text[value.start..], end) {
            return None;
        }
        let is_unset = matches!(
            shown,
            "" | MASK | "null" | "true" | "false" | "None" | "True" | "False"
        );
        if !is_unset {
            self.found.push(value.clone());
        }
        Some(value.end)
    }

    /// The name that ends before a sign.
    fn name(&mut self, sign: usize) -> Name<'t> {
        let before = &self.text[self.from..sign];
        let is_space = [' ', '\t', '\n', '\r'];
        let trimmed = before.trim_end_matches(is_space);
        let quote = trimmed
            .chars()
            .next_back()
            .filter(|c| matches!(c, '"' | '\''));
        let unquoted = match quote {
            Some(_) => trimmed[..trimmed.len() - 1].trim_end_matches('\\'),
            None => trimmed,
        };
        let rest = match quote {
            Some(_) => unquoted.trim_end_matches(|c| is_part(c) || c == ' '),
            None => unquoted.trim_end_matches(is_part),
        };
        let is_quoted = quote.is_some_and(|quote| rest.ends_with(quote));
        let text = match quote.is_some() == is_quoted {
            true => &unquoted[rest.len()..],
            false => "",
        };
        let line = rest.rsplit('\n').next().unwrap_or_default();
        let is_complete =
            line.len() < rest.len() || self.from == 0 || self.text[..self.from].ends_with('\n');
        self.is_flow = match rest.rfind(['{', '}', '\n']) {
            Some(at) => rest[at..].starts_with('{'),
            None => self.is_flow,
        };
        let last = rest.chars().next_back();
        let until = &self.text[..self.from + rest.len()];
        Name {
            text,
            is_quoted,
            quote: last.filter(|c| matches!(c, '"' | '\'')),
            before: until.trim_end_matches(is_space).chars().next_back(),
            starts_line: is_complete && matches!(line.trim(), "" | "-"),
        }
    }

    /// The value between the tag that a sign ends and the one that closes it, if the name of the tag, without its
    /// namespace, is that of a credential.
    fn tagged(&self, sign: usize) -> Option<Range<usize>> {
        let before = &self.text.as_bytes()[sign.saturating_sub(MAX_NAME)..sign];
        let start = sign - before.iter().rev().position(|byte| *byte == b'<')?;
        let tag = self.text[start..sign].split(char::is_whitespace).next()?;
        let name = tag.rsplit(':').next().filter(|name| is_name(name))?;
        let value = (self.is_credential)(name).then(|| value(self.text, sign + 1, End::Tag))?;
        let rest = self.text[value.end..].trim_start_matches("]]>");
        let is_closed = rest.trim_start().starts_with("</");
        (is_closed && !value.is_empty()).then_some(value)
    }

    /// Where the value behind a name and a colon ends, if the colon is a sign.
    fn colon(&self, name: &Name<'_>, rest: &str) -> Option<End> {
        let is_spaced = rest.starts_with([' ', '\t']);
        let is_in = |header: &&str| header.eq_ignore_ascii_case(name.text);
        let is_header = ["authorization", "cookie"].iter().any(is_in) || name.text.contains('-');
        match name.quote {
            _ if name.is_quoted => Some(End::Flow),
            Some(quote) if is_spaced => Some(End::Quote(quote)),
            _ if self.is_flow && matches!(name.before, Some('{' | ',')) => Some(End::Flow),
            _ if name.starts_line && is_spaced => Some(End::Line),
            _ if is_spaced && is_header => Some(End::Line),
            _ if name.starts_line || rest.starts_with('=') => Some(End::Word),
            _ => None,
        }
    }
}

/// The name that begins here, in quotes or not.
fn first_word(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([' ', '"', '\'', '\\']);
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    (1..MAX_NAME).contains(&end).then(|| &text[..end])
}

/// Whether words follow that are no value: of a heading that is printed on paper, or of a name in quotes.
fn is_prose(name: &Name<'_>, text: &str, end: End) -> bool {
    let end_of_look = text
        .char_indices()
        .nth(MAX_NAME)
        .map_or(text.len(), |(at, _)| at);
    let line = text[..end_of_look].split('\n').next().unwrap_or_default();
    let mut words = line.split_whitespace();
    match end {
        End::Line if is_one_of(PRINTED, name.text) => {
            !line.contains('=') && words.clone().count() > 1 && words.all(is_word)
        }
        End::Flow if name.is_quoted => {
            let follows = words.nth(1).is_some_and(is_word);
            follows
                && line.starts_with(|c: char| c.is_ascii_lowercase())
                && !line.contains([',', '}'])
        }
        _ => false,
    }
}

/// Whether what looks like an assignment is a part of a password, as in `https://user:a_key=b@host`.
fn is_login(name: &Name<'_>, rest: &str) -> bool {
    let mut word = rest
        .chars()
        .take(MAX_NAME)
        .take_while(|c| !c.is_whitespace());
    name.before == Some(':') && word.any(|c| c == '@')
}

#[cfg(test)]
mod tests {
    use super::super::text::masked;

    fn is_credential(name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        ["key", "token", "password", "pwd", "cookie", "authorization"]
            .iter()
            .any(|it| name.contains(it))
    }

    #[test]
    fn credentials_in_pieces_of_json_are_hidden() {
        for (text, shown) in [
            (r#"{"api_key":"CANARY"}2"#, r#"{"api_key":"***"}2"#),
            (
                r#"got {"a": 1, "api_key" : "CAN ARY", "b": 2}"#,
                r#"got {"a": 1, "api_key" : "***", "b": 2}"#,
            ),
            (
                r#"{\"api_key\": \"CANARY\", \"b\": 1}"#,
                r#"{\"api_key\": \"***\", \"b\": 1}"#,
            ),
            (
                "{'api_key': 'CANARY', 'b': 1}",
                "{'api_key': '***', 'b': 1}",
            ),
            (
                r#"{"key": 12, "key": null, "#,
                r#"{"key": ***, "key": null, "#,
            ),
            (
                r#"log: "key": {"a": ["CANARY"]} end"#,
                r#"log: "key": *** end"#,
            ),
            (r#""key":"CANARY"#, r#""key":"***"#),
            (r#"{"key":"***"}2"#, r#"{"key":"***"}2"#),
        ] {
            assert_eq!(masked(text, is_credential), shown, "{text}");
        }
        for text in [
            r#"{"page": "x"} and "key", "no value": 'é'"#,
            "'key' : ",
            "\":",
        ] {
            assert_eq!(masked(text, is_credential), text);
        }
    }

    #[test]
    fn a_credential_is_found_by_its_name_in_every_notation() {
        for (text, shown) in [
            // YAML.
            (
                "db:\n  password: a b\r\n  host: h",
                "db:\n  password: ***\r\n  host: h",
            ),
            ("- password: CANARY", "- password: ***"),
            ("password:CANARY", "password:***"),
            (
                "db: {host: h, password: CANARY}",
                "db: {host: h, password: ***}",
            ),
            (
                "a:\n  key: |\n    CANARY\n\n    CANARY\n  b: c",
                "a:\n  key: ***\n  b: c",
            ),
            (
                "- name: API_KEY\n  value: CANARY\n- name: LEVEL\n  value: 3",
                "- name: API_KEY\n  value: ***\n- name: LEVEL\n  value: 3",
            ),
            // TOML, INI, environment files, properties, HCL.
            (
                "[db]\npassword = \"CAN ARY\"\n",
                "[db]\npassword = \"***\"\n",
            ),
            ("export API_KEY='CAN ARY' x=1", "export API_KEY='***' x=1"),
            (
                "db.password=CANARY\ndb.user=u",
                "db.password=***\ndb.user=u",
            ),
            // Connection strings.
            ("Server=h; Pwd = CAN ARY ; X=y", "Server=h; Pwd = *** ; X=y"),
            (
                "Server=h;Password=\"CAN;ARY\";x=1",
                "Server=h;Password=\"***\";x=1",
            ),
            (
                "host=h password='CAN ARY' dbname=d",
                "host=h password='***' dbname=d",
            ),
            ("AccountKey=CANARY==;x=y", "AccountKey=***;x=y"),
            // Code.
            ("'password' => 'CANARY'", "'password' => '***'"),
            (":password => \"CANARY\"", ":password => \"***\""),
            ("{apiKey: \"CANARY\", b: 1}", "{apiKey: \"***\", b: 1}"),
            ("api_key := CANARY", "api_key := ***"),
            ("f(password=\"CANARY\", b=1)", "f(password=\"***\", b=1)"),
            // XML.
            (
                "<a><password>CAN ARY</password></a>",
                "<a><password>***</password></a>",
            ),
            (
                "<add key=\"ApiKey\" value=\"CANARY\"/>",
                "<add key=\"***\" value=\"***\"/>",
            ),
            // Shells.
            (
                "curl -H \"X-Api-Key: CAN ARY\" h",
                "curl -H \"X-Api-Key: ***\" h",
            ),
            ("curl -u user:CANARY h", "curl -u *** h"),
            ("mysql --password CANARY db", "mysql --password *** db"),
            (
                "mysql --password 'CAN ARY' db",
                "mysql --password *** *** db",
            ),
            // Headers and cookies within lines.
            ("got Cookie: sid=CANARY; a=b", "got Cookie: ***"),
            ("JSESSIONID=CANARY; path=/", "JSESSIONID=***; path=/"),
            ("https://u:a_key=CANARY@h/x", "https://***@h/x"),
            ("https://h/?a_key=CANARY&b=CANARY", "https://h/?***"),
        ] {
            assert_eq!(masked(text, is_credential), shown, "{text}");
            assert_eq!(masked(shown, is_credential), shown, "again: {shown}");
        }
    }

    #[test]
    fn prose_code_and_what_is_not_set_are_shown() {
        for text in [
            "Return the key: value pairs of each table, e.g. {\"total\": 12}",
            "if key == 1 and token != 2 or a >= b -> c",
            "<table><tr><td>key</td></tr></table>",
            "password: \npassword=\npassword = true; key=null",
            "--- page 3 ---\n\n--keys-only --verbose on",
            "user: me, tokens are counted: 12",
        ] {
            assert_eq!(masked(text, is_credential), text);
        }
    }
}
