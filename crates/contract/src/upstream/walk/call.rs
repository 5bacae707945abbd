//! The call: parameters, bodies, responses.

use super::super::difference::{ABSENT, Facet, Source};
use super::super::shape::words;
use super::Comparer;
use super::place::{Spot, requiredness};
use crate::meaning::{Kind, Meaning, NO_CREDENTIAL, Part, anonymous};
use crate::yaml::node::escape;

impl<'m, 'a> Comparer<'m, 'a> {
    pub(super) fn call(&mut self, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        let path = escape(ours.text("path").unwrap_or_default());
        let pointer = format!("/paths/{path}/{}", ours.text("method").unwrap_or_default());
        let place = Spot {
            name: String::new(),
            pointer,
            at: ours.at,
            their_at: theirs.at,
            theirs: Some(theirs),
        };
        let whole = Spot {
            name: "call".to_owned(),
            ..place.clone()
        };
        let path = |part: &'m Part<'a>| part.text("path").unwrap_or_default();
        if anonymous(path(ours)) != anonymous(path(theirs)) {
            self.add(&whole, Facet::Path, path(theirs), path(ours));
        }
        self.deprecated(&whole, ours.flag("deprecated"), theirs.flag("deprecated"));
        self.servers(&place, ours, theirs);
        self.security(&place, ours, theirs);
        self.both(ours, theirs, Kind::Parameter, |walk, one, other, index| {
            walk.parameter(&place, one, other, index)
        });
        self.both(ours, theirs, Kind::Response, |walk, one, other, _| {
            walk.response(&place, one, other)
        });
        self.both(ours, theirs, Kind::Body, |walk, one, other, _| {
            if one.is_none() != other.is_none() {
                let place = Spot {
                    name: "request body".to_owned(),
                    ..place.clone()
                };
                walk.presence(
                    &place,
                    Facet::Body,
                    one.map(|_| "body"),
                    other.map(|_| "body"),
                );
            }
        });
    }

    /// The call at another path as well, such as that of the next version.
    pub(super) fn another_call(&mut self, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        let place = Spot {
            name: theirs.key.to_string(),
            pointer: String::new(),
            at: ours.at,
            their_at: theirs.at,
            theirs: Some(theirs),
        };
        self.add(&place, Facet::Path, "call", ABSENT);
    }

    /// A document without a server that has a host says nothing about servers.
    fn servers(&mut self, call: &Spot<'m, 'a>, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        let has_host = theirs
            .of(Kind::Server)
            .any(|server| server.key.contains("://"));
        if self.source == Source::Page || !has_host {
            self.compared.skipped.insert("server");
            return;
        }
        self.both(ours, theirs, Kind::Server, |walk, one, other, index| {
            let pointer = format!("/servers/{index}");
            walk.named(call, ("server", &pointer), Facet::Server, one, other);
        });
        let first = |part: &'m Part<'a>| part.text("servers").unwrap_or_default();
        let is_listed = |url: &str| ours.of(Kind::Server).any(|server| server.key == url);
        if first(ours) != first(theirs) && is_listed(first(theirs)) {
            let place = Spot {
                name: "server by default".to_owned(),
                ..call.clone()
            };
            self.add(&place, Facet::Server, first(theirs), first(ours));
        }
    }

    /// A document without security schemes says nothing about security.
    fn security(&mut self, call: &Spot<'m, 'a>, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        let mut ways = theirs.of(Kind::Credential);
        let has_schemes = self.theirs.service.of(Kind::Scheme).next().is_some();
        let says_nothing = !has_schemes && ways.all(|way| way.key == NO_CREDENTIAL);
        if self.source == Source::Page || says_nothing {
            self.compared.skipped.insert("security");
            return;
        }
        self.both(ours, theirs, Kind::Credential, |walk, one, other, _| {
            walk.named(call, ("security", "/security"), Facet::Security, one, other);
        });
    }

    /// Something that has no more to compare than its name.
    fn named(
        &mut self,
        around: &Spot<'m, 'a>,
        (name, pointer): (&str, &str),
        facet: Facet,
        ours: Option<&'m Part<'a>>,
        theirs: Option<&'m Part<'a>>,
    ) {
        let Some(either) = ours
            .or(theirs)
            .filter(|_| ours.is_some() != theirs.is_some())
        else {
            return;
        };
        let mut place = around.inner("", "", ours, theirs);
        place.name = format!("{name} {}", either.key);
        place.pointer = pointer.to_owned();
        let word = |part: Option<&Part>| part.map(|_| facet.word());
        self.presence(&place, facet, word(ours), word(theirs));
    }

    /// Calls `compare` with each part of a kind on both sides, and the index of ours.
    fn both(
        &mut self,
        ours: &'m Part<'a>,
        theirs: &'m Part<'a>,
        kind: Kind,
        compare: impl Fn(&mut Self, Option<&'m Part<'a>>, Option<&'m Part<'a>>, usize),
    ) {
        for (index, one) in ours.of(kind).enumerate() {
            compare(
                self,
                Some(one),
                theirs.of(kind).find(|other| other.key == one.key),
                index,
            );
        }
        for other in theirs
            .of(kind)
            .filter(|other| !ours.of(kind).any(|one| one.key == other.key))
        {
            compare(self, None, Some(other), usize::MAX);
        }
    }

    fn presence(
        &mut self,
        place: &Spot<'m, 'a>,
        facet: Facet,
        ours: Option<&str>,
        theirs: Option<&str>,
    ) {
        self.add(
            place,
            facet,
            theirs.unwrap_or(ABSENT),
            ours.unwrap_or(ABSENT),
        );
    }

    fn parameter(
        &mut self,
        call: &Spot<'m, 'a>,
        ours: Option<&'m Part<'a>>,
        theirs: Option<&'m Part<'a>>,
        index: usize,
    ) {
        let Some(either) = ours.or(theirs) else {
            return;
        };
        let text = |key| either.text(key).unwrap_or_default();
        let mut place = call.inner("", &format!("parameters/{index}"), ours, theirs);
        place.name = format!("{} {}", text("in"), text("name"));
        match (ours, theirs) {
            (Some(one), Some(other)) => {
                self.required(&place, one.flag("required"), other.flag("required"));
                self.deprecated(&place, one.flag("deprecated"), other.flag("deprecated"));
                self.spelling(&place, one, other);
                self.carried(&place, one, other);
            }
            _ => {
                let (ours, theirs) = (
                    ours.map(|part| self.carried_words(self.ours, part)),
                    theirs.map(|part| self.carried_words(self.theirs, part)),
                );
                self.presence(&place, Facet::Parameter, ours.as_deref(), theirs.as_deref());
            }
        }
    }

    fn response(
        &mut self,
        call: &Spot<'m, 'a>,
        ours: Option<&'m Part<'a>>,
        theirs: Option<&'m Part<'a>>,
    ) {
        let Some(either) = ours.or(theirs) else {
            return;
        };
        let mut place = call.inner("", &format!("responses/{}", either.key), ours, theirs);
        place.name = format!("response {}", either.key);
        match (ours, theirs) {
            (Some(one), Some(other)) => {
                self.both(one, other, Kind::Media, |walk, one, other, _| {
                    walk.media(&place, one, other);
                });
                self.both(one, other, Kind::Header, |walk, one, other, _| {
                    let name = format!("{} header", place.name);
                    walk.named(&place, (&name, &place.pointer), Facet::Header, one, other);
                });
            }
            (None, Some(_)) => self.presence(&place, Facet::Response, None, Some("response")),
            _ => self.presence(&place, Facet::Response, Some("response"), None),
        }
    }

    fn media(
        &mut self,
        response: &Spot<'m, 'a>,
        ours: Option<&'m Part<'a>>,
        theirs: Option<&'m Part<'a>>,
    ) {
        match (ours, theirs) {
            (Some(one), Some(other)) => {
                let key = format!("content/{}", escape(&one.key));
                let place = response.inner("", &key, ours, theirs);
                self.carried(&place, one, other);
            }
            _ => {
                let name = format!("{} as", response.name);
                self.named(
                    response,
                    (&name, &response.pointer),
                    Facet::Media,
                    ours,
                    theirs,
                );
            }
        }
    }

    /// How a list is spelled in a query, where that is not the default.
    fn spelling(&mut self, place: &Spot<'m, 'a>, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        for key in ["style", "explode"] {
            let word = |part: &Part| {
                let value = part.fact(key).map(|value| format!("{key} {value}"));
                value.unwrap_or(ABSENT.to_owned())
            };
            if word(ours) != word(theirs) {
                self.add(place, Facet::Keyword, word(theirs), word(ours));
            }
        }
    }

    /// The schemas of a parameter or a media type.
    fn carried(&mut self, place: &Spot<'m, 'a>, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        if let (Some(one), Some(other)) =
            (ours.of(Kind::Schema).next(), theirs.of(Kind::Schema).next())
        {
            let place = place.inner("", "schema", Some(one), Some(other));
            self.schemas(&place, one, other, false);
        }
    }

    fn carried_words(&self, meaning: &Meaning, part: &Part) -> String {
        let kind = part
            .of(Kind::Schema)
            .next()
            .map_or("any".to_owned(), |schema| {
                words(self.source, meaning, schema)
            });
        format!("{} {kind}", requiredness(part))
    }
}
