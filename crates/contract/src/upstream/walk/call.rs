//! The call: path, servers, security, parameters, bodies, responses.
//!
//! A source that says nothing about a matter does not contradict the contract. The page names no servers; a document
//! without security schemes is one whose vendor did not write them down. Then the matter is skipped, and rows of the
//! ledger about it are kept rather than called outdated.

use super::super::difference::{ABSENT, Facet, Source};
use super::place::{Counterparts, Spot, pairs};
use super::{Comparer, DEPRECATED, REQUIRED};
use crate::meaning::{Kind, NO_CREDENTIAL, Part, anonymous};
use crate::yaml::node::escape;

impl<'m, 'a> Comparer<'m, 'a> {
    /// Compares the contract's call with the vendor's.
    pub(super) fn call(&mut self, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        let path = |part: &'m Part<'a>| part.text("path").unwrap_or_default();
        let method = ours.text("method").unwrap_or_default();
        let place = Spot {
            name: String::new(),
            pointer: format!("/paths/{}/{method}", escape(path(ours))),
            at: ours.at,
            their_at: theirs.at,
            theirs: Some(theirs),
        };
        let whole = place.named("call");
        if anonymous(path(ours)) != anonymous(path(theirs)) {
            self.add(&whole, Facet::Path, path(theirs), path(ours));
        }
        self.deprecated(&whole, ours, theirs);
        self.servers(&place, ours, theirs);
        self.security(&place, ours, theirs);
        for (index, sides) in pairs(ours, theirs, Kind::Parameter) {
            self.parameter(&place, sides, index);
        }
        for (_, sides) in pairs(ours, theirs, Kind::Response) {
            self.response(&place, sides);
        }
        for (_, sides) in pairs(ours, theirs, Kind::Body) {
            self.presence(&place.named("request body"), Facet::Body, sides);
        }
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
    ///
    /// The first server is the default, so another first one is a difference of its own, unless it is new as well.
    fn servers(&mut self, call: &Spot<'m, 'a>, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        let mut servers = theirs.of(Kind::Server);
        let has_host = servers.any(|server| server.key.contains("://"));
        if self.source == Source::Page || !has_host {
            self.compared.skipped.insert("server");
            return;
        }
        for (index, sides) in pairs(ours, theirs, Kind::Server) {
            let pointer = format!("/servers/{index}");
            self.named(call, ("server", &pointer), Facet::Server, sides);
        }
        let first = |part: &'m Part<'a>| part.text("servers").unwrap_or_default();
        let is_listed = |url: &str| ours.of(Kind::Server).any(|server| server.key == url);
        if first(ours) != first(theirs) && is_listed(first(theirs)) {
            let place = call.named("server by default");
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
        for (_, sides) in pairs(ours, theirs, Kind::Credential) {
            self.named(call, ("security", "/security"), Facet::Security, sides);
        }
    }

    /// Something that has no more to compare than its name.
    fn named(
        &mut self,
        around: &Spot<'m, 'a>,
        (name, pointer): (&str, &str),
        facet: Facet,
        sides: Counterparts<'m, 'a>,
    ) {
        if let Some(either) = sides.0.or(sides.1) {
            let place = around.inner("", "", sides);
            let pointer = pointer.to_owned();
            let place = Spot { pointer, ..place }.named(format!("{name} {}", either.key));
            self.presence(&place, facet, sides);
        }
    }

    /// A thing that one side only has.
    fn presence(
        &mut self,
        place: &Spot<'m, 'a>,
        facet: Facet,
        (ours, theirs): Counterparts<'m, 'a>,
    ) {
        if ours.is_some() != theirs.is_some() {
            let word = |part: Option<_>| part.map_or(ABSENT, |_| facet.word());
            self.add(place, facet, word(theirs), word(ours));
        }
    }

    /// A parameter of both sides, or of one. `index` is that in the contract's list.
    fn parameter(&mut self, call: &Spot<'m, 'a>, sides: Counterparts<'m, 'a>, index: usize) {
        let Some(either) = sides.0.or(sides.1) else {
            return;
        };
        let text = |key| either.text(key).unwrap_or_default();
        let place = call.inner("", &format!("parameters/{index}"), sides);
        let place = place.named(format!("{} {}", text("in"), text("name")));
        if let (Some(one), Some(other)) = sides {
            let required = (one.flag("required"), other.flag("required"));
            self.flag(&place, Facet::Required, required, REQUIRED);
            self.deprecated(&place, one, other);
            self.spelling(&place, one, other);
            self.carried(&place, one, other);
            return;
        }
        let ours = sides.0.map(|part| self.our_field(part));
        let theirs = sides.1.map(|part| self.their_field(part));
        let word = |words: Option<String>| words.unwrap_or_else(|| ABSENT.to_owned());
        self.add(&place, Facet::Parameter, word(theirs), word(ours));
    }

    /// A response by its status, with its media types and its headers.
    fn response(&mut self, call: &Spot<'m, 'a>, sides: Counterparts<'m, 'a>) {
        let Some(either) = sides.0.or(sides.1) else {
            return;
        };
        let place = call.inner("", &format!("responses/{}", either.key), sides);
        let place = place.named(format!("response {}", either.key));
        let (Some(ours), Some(theirs)) = sides else {
            return self.presence(&place, Facet::Response, sides);
        };
        for (_, sides) in pairs(ours, theirs, Kind::Media) {
            self.media(&place, sides);
        }
        for (_, sides) in pairs(ours, theirs, Kind::Header) {
            let name = format!("{} header", place.name);
            self.named(&place, (&name, &place.pointer), Facet::Header, sides);
        }
    }

    /// A media type by its name, and its schema.
    fn media(&mut self, response: &Spot<'m, 'a>, sides: Counterparts<'m, 'a>) {
        if let (Some(one), Some(other)) = sides {
            let key = format!("content/{}", escape(&one.key));
            self.carried(&response.inner("", &key, sides), one, other);
        } else {
            let name = format!("{} as", response.name);
            self.named(response, (&name, &response.pointer), Facet::Media, sides);
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
        let sides = (ours.of(Kind::Schema).next(), theirs.of(Kind::Schema).next());
        if let (Some(one), Some(other)) = sides {
            self.schemas(&place.inner("", "schema", sides), one, other, false);
        }
    }

    fn deprecated(&mut self, place: &Spot<'m, 'a>, ours: &Part, theirs: &Part) {
        let deprecated = (ours.flag("deprecated"), theirs.flag("deprecated"));
        self.flag(place, Facet::Deprecated, deprecated, DEPRECATED);
    }
}
