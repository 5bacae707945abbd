//! Writes JSON anew from its text, with secrets masked. Numbers, the order of
//! keys and keys that come twice stay as they are: nothing is decoded that
//! need not be.

use serde_json::value::RawValue;

use super::members::{Member, Members, on_one_line, quote, text_of};
use crate::contract::{Contract, Kind, Others, Schema};
use crate::mask::{self, MASK};
use crate::text;

/// Nesting beyond all that a service sends; what lies deeper is taken whole.
const DEEPEST: usize = 100;

/// What to do with the values of fields that the contract does not know.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Unknown {
    /// Show what does not look like a secret.
    Guess,
    /// Show nothing.
    Hide,
}

/// What is known about a value.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// All may be shown.
    Clear,
    /// The contract has this schema for it.
    Known(&'a Schema),
    /// The contract does not know it.
    Unknown,
    /// Nothing in it may be shown.
    Hidden,
}

/// Writes one JSON text.
pub(crate) struct Walk<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) unknown: Unknown,
    /// Whether on lines of their own, or all on one.
    pub(crate) pretty: bool,
}

impl<'a> Walk<'a> {
    /// The text of a value, masked as its place demands.
    pub(crate) fn written(&self, json: &RawValue, place: Place<'a>) -> String {
        let mut out = String::with_capacity(json.get().len() * 2);
        self.value(json.get(), place, 0, &mut out);
        text::escaped_json(out)
    }

    fn value(&self, json: &str, place: Place<'a>, depth: usize, out: &mut String) {
        let place = self.settled(json, place);
        let opening = json.as_bytes().first();
        if depth >= DEEPEST && matches!(opening, Some(b'{' | b'[')) {
            return self.whole(json, place, out);
        }
        match opening {
            Some(b'{') => match serde_json::from_str::<Members>(json) {
                Ok(members) => self.object(&members.0, place, depth, out),
                Err(_) => self.whole(json, place, out),
            },
            Some(b'[') => match serde_json::from_str::<Vec<&RawValue>>(json) {
                Ok(items) => self.array(&items, place, depth, out),
                Err(_) => self.whole(json, place, out),
            },
            _ => self.scalar(json, place, out),
        }
    }

    /// The place, now that the value is there: what is not of the kind that
    /// the contract promises is not known.
    fn settled(&self, json: &str, place: Place<'a>) -> Place<'a> {
        let Place::Known(schema) = place else {
            return place;
        };
        let opening = json.as_bytes().first().copied().unwrap_or_default();
        match (schema.kind, opening) {
            (_, b'n') => place,
            (Kind::Secret, _) => Place::Hidden,
            (Kind::Url, b'"') => place,
            (Kind::Url, _) => Place::Hidden,
            (Kind::Object, b'{') => place,
            (Kind::Object, _) if self.contract.is_map_of_secrets(schema) => Place::Hidden,
            (Kind::Array(_), b'[') => place,
            (Kind::Scalar, b'{' | b'[') => Place::Unknown,
            (Kind::Scalar, _) => place,
            (Kind::Object | Kind::Array(_) | Kind::Any, _) => Place::Unknown,
        }
    }

    fn object(&self, members: &[Member], place: Place<'a>, depth: usize, out: &mut String) {
        let each = members
            .iter()
            .map(|(key, value)| (Some(key.as_ref()), *value, self.member(key, members, place)));
        self.list(each, ['{', '}'], depth, out);
    }

    fn array(&self, items: &[&RawValue], place: Place<'a>, depth: usize, out: &mut String) {
        let place = match place {
            Place::Known(schema) => match schema.kind {
                Kind::Array(items) => Place::Known(self.contract.get(items)),
                _ => Place::Unknown,
            },
            Place::Unknown if self.unknown == Unknown::Hide => Place::Hidden,
            place => place,
        };
        self.list(
            items.iter().map(|item| (None, *item, place)),
            ['[', ']'],
            depth,
            out,
        );
    }

    fn list<'b>(
        &self,
        each: impl ExactSizeIterator<Item = (Option<&'b str>, &'b RawValue, Place<'a>)>,
        [open, close]: [char; 2],
        depth: usize,
        out: &mut String,
    ) {
        let is_empty = each.len() == 0;
        out.push(open);
        for (at, (key, value, place)) in each.enumerate() {
            if at > 0 {
                out.push(',');
            }
            self.line(depth + 1, out);
            if let Some(key) = key {
                quote(key, out);
                out.push_str(if self.pretty { ": " } else { ":" });
            }
            self.value(value.get(), place, depth + 1, out);
        }
        if !is_empty {
            self.line(depth, out);
        }
        out.push(close);
    }

    fn line(&self, depth: usize, out: &mut String) {
        if self.pretty {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    }

    /// The place of a member of an object.
    fn member(&self, key: &str, members: &[Member], place: Place<'a>) -> Place<'a> {
        let Place::Known(schema) = place else {
            return match place {
                Place::Unknown => self.unknown_member(key, members),
                place => place,
            };
        };
        match (schema.fields.get(key), schema.others) {
            (Some(field), _) if self.contract.is_job_config(*field) => self.job_config(members),
            (Some(field), _) => Place::Known(self.contract.get(*field)),
            (None, Others::Unknown) => self.unknown_member(key, members),
            (None, Others::Like(_)) if mask::is_credential_name(key) => Place::Hidden,
            (None, Others::Like(values)) => Place::Known(self.contract.get(values)),
        }
    }

    /// The place of a job configuration, by the job type beside it.
    fn job_config(&self, members: &[Member]) -> Place<'a> {
        let job_type = text_of(members, "job_type").unwrap_or_default();
        self.contract
            .job_config(&job_type)
            .map_or(Place::Unknown, Place::Known)
    }

    fn unknown_member(&self, key: &str, members: &[Member]) -> Place<'a> {
        if let Some(schema) = self.contract.sensitive(key) {
            return Place::Known(schema);
        }
        // Like the name and the value of a header, in two fields.
        let names = ["name", "key", "header"]
            .iter()
            .filter_map(|name| text_of(members, name));
        let is_pair = key == "value"
            && names
                .into_iter()
                .any(|name| mask::is_credential_name(&name));
        match mask::is_credential_name(key) || is_pair || self.unknown == Unknown::Hide {
            true => Place::Hidden,
            false => Place::Unknown,
        }
    }

    fn scalar(&self, json: &str, place: Place<'a>, out: &mut String) {
        let decoded = || serde_json::from_str::<String>(json).ok();
        let is_text = json.starts_with('"');
        match place {
            Place::Clear => out.push_str(json),
            // Neither is a credential, and what is not set is worth knowing.
            _ if matches!(json, "null" | "true" | "false") => out.push_str(json),
            Place::Hidden => quote(MASK, out),
            Place::Known(schema) => match schema.kind {
                Kind::Url => quote(
                    &decoded().map_or(MASK.to_owned(), |text| mask::url(&text)),
                    out,
                ),
                _ => out.push_str(json),
            },
            Place::Unknown if self.unknown == Unknown::Hide => quote(MASK, out),
            Place::Unknown if is_text => match decoded() {
                // The text itself, as the service escaped it.
                Some(text) if mask::unknown_text(&text) == text => out.push_str(json),
                Some(text) => quote(&mask::unknown_text(&text), out),
                None => quote(MASK, out),
            },
            Place::Unknown => out.push_str(json),
        }
    }

    /// An object or array that cannot be looked into.
    fn whole(&self, json: &str, place: Place<'a>, out: &mut String) {
        match place {
            Place::Clear => out.push_str(&on_one_line(json)),
            _ => quote(MASK, out),
        }
    }
}
