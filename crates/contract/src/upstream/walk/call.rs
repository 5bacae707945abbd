//! The call: parameters, bodies, responses.

use super::super::difference::{ABSENT, Facet};
use super::super::shape::words;
use super::Walk;
use super::place::{Place, requiredness};
use crate::meaning::{Kind, Meaning, Part};
use crate::yaml::node::escape;

impl<'m, 'a> Walk<'m, 'a> {
    pub(super) fn call(&mut self, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
        let path = escape(ours.text("path").unwrap_or_default());
        let pointer = format!("/paths/{path}/{}", ours.text("method").unwrap_or_default());
        let place = Place {
            name: String::new(),
            pointer,
            at: ours.at,
            their_at: theirs.at,
            theirs: Some(theirs),
        };
        if ours.flag("deprecated") != theirs.flag("deprecated") {
            let place = Place {
                name: "call".to_owned(),
                ..place.clone()
            };
            self.deprecated(&place, ours.flag("deprecated"), theirs.flag("deprecated"));
        }
        self.both(ours, theirs, Kind::Parameter, |walk, one, other, index| {
            walk.parameter(&place, one, other, index)
        });
        self.both(ours, theirs, Kind::Response, |walk, one, other, _| {
            walk.response(&place, one, other)
        });
        self.both(ours, theirs, Kind::Body, |walk, one, other, _| {
            if one.is_none() != other.is_none() {
                let place = Place {
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
        place: &Place<'m, 'a>,
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
        call: &Place<'m, 'a>,
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
        call: &Place<'m, 'a>,
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
                let json = |part: &'m Part<'a>| {
                    part.of(Kind::Media)
                        .find(|media| media.key == "application/json")
                };
                match (json(one), json(other)) {
                    (Some(one), Some(other)) => {
                        let place =
                            place.inner("", "content/application~1json", Some(one), Some(other));
                        self.carried(&place, one, other);
                    }
                    (None, None) => {}
                    (one, other) => self.presence(
                        &place,
                        Facet::Body,
                        one.map(|_| "JSON"),
                        other.map(|_| "JSON"),
                    ),
                }
            }
            (None, Some(_)) => self.presence(&place, Facet::Response, None, Some("response")),
            _ => self.presence(&place, Facet::Response, Some("response"), None),
        }
    }

    /// The schemas of a parameter or a media type.
    fn carried(&mut self, place: &Place<'m, 'a>, ours: &'m Part<'a>, theirs: &'m Part<'a>) {
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
