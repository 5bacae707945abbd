//! Schemas from bullets.
//!
//! ```text
//! - `config: object { a } or Job`        {anyOf: [{$ref: Config}, {$ref: Job}]}
//!   - `Config = object { a }`              and the schemas Config and Job
//!     - `a: string`
//!   - `Job = object { b }`
//!     - `b: Kind`                        {$ref: Kind}
//!       - `"x"`                            and the schema Kind: {type: string, enum: [x]}
//! ```
//!
//! A name may be used before and after it is described, and described more than once if it says the same; in the end
//! each name that is used has to be described.
//!
//! | type | below the bullet |
//! |---|---|
//! | `string`, `number`, `boolean`, `unknown` | nothing |
//! | `"a" or 1 more` | the values |
//! | `object { a, b }` | the fields |
//! | `array of ...`, `map[...]` | what belongs to the items or values |
//! | `Name` | nothing, or what the name stands for |
//! | `A or B` | a bullet `Name = ...` for each alternative that is a structure |

use super::Refused;
use super::kind::{Declaration, MemberList, Term, Terms};
use super::lines::Bullet;
use super::members::{agree, values_in, values_of};
use crate::finding::Position;
use crate::spec::SCHEMAS;
use crate::yaml::build::{entry, list, map, mapping, text};
use crate::yaml::{Entry, Node};

/// Words of the page that are no names of structures. `unknown` is any value.
const SCALARS: [&str; 4] = ["string", "number", "boolean", "unknown"];

/// The structures that have a name, each once, and where names were used, with the line.
///
/// Two descriptions of one name have to be the same tree, apart from positions.
#[derive(Default)]
pub(super) struct Schemas {
    pub(super) named: Vec<(String, Node)>,
    used: Vec<(String, usize)>,
}

impl Schemas {
    /// The schema of a type, whose members are below the bullet that declares it.
    ///
    /// `owner` is the bullet to refuse if something is wrong; of alternatives, several types have one owner.
    pub(super) fn schema(
        &mut self,
        owner: &Bullet,
        kind: &Terms,
        below: &[Bullet],
    ) -> Result<Node, Refused> {
        let at = owner.at();
        if let Some(listed) = values_in(kind) {
            return values_of(owner, &listed, below);
        }
        let mut inner = |terms: &[Term]| {
            let (terms, more) = (terms.to_vec(), kind.more);
            self.schema(owner, &Terms { terms, more }, below)
        };
        match &kind.terms[..] {
            [Term::Array(items)] => {
                let items = inner(items)?;
                Ok(map(at, [("type", text(at, "array")), ("items", items)]))
            }
            [Term::Map(values)] => {
                let values = inner(values)?;
                let keys = [
                    ("type", text(at, "object")),
                    ("additionalProperties", values),
                ];
                Ok(map(at, keys))
            }
            [Term::Object(listing)] => {
                agree(owner, listing, below.iter().filter_map(Bullet::name))?;
                self.object(owner, below)
            }
            [Term::Word(word)] => self.word(owner, word, below),
            terms => self.union(owner, terms, below),
        }
    }

    /// A scalar, or the name of a structure, which is described here if anything is below it. What is below a name are either
    /// the values of an enum or the fields of an object, and the first bullet decides which.
    fn word(&mut self, owner: &Bullet, word: &str, below: &[Bullet]) -> Result<Node, Refused> {
        let at = owner.at();
        match (word, below.first()) {
            (scalar, Some(_)) if SCALARS.contains(&scalar) => {
                owner.refuse(format!("a {scalar} has nothing below it"))
            }
            ("unknown", None) => Ok(map(at, [])),
            (scalar, None) if SCALARS.contains(&scalar) => {
                Ok(map(at, [("type", text(at, scalar))]))
            }
            (name, None) => Ok(self.reference(at, name)),
            (name, Some(first)) => {
                let described = match &first.declared {
                    Declaration::Value(_) => values_of(owner, &MemberList::default(), below)?,
                    _ => self.object(owner, below)?,
                };
                self.describe(name, described, owner)?;
                Ok(self.reference(at, name))
            }
        }
    }

    /// A `$ref`, and a note that the name has to be described.
    fn reference(&mut self, at: Position, name: &str) -> Node {
        self.used.push((name.to_owned(), at.line));
        map(at, [("$ref", text(at, &format!("{SCHEMAS}{name}")))])
    }

    /// Alternatives that are structures are described below, in the order in which they are listed; scalars, lists and maps
    /// say all there is to say in the list itself.
    fn union(&mut self, owner: &Bullet, terms: &[Term], below: &[Bullet]) -> Result<Node, Refused> {
        let (mut arms, mut below) = (Vec::new(), below.iter());
        for term in terms {
            let is_plain = match term {
                Term::Word(word) => SCALARS.contains(&word.as_str()),
                term => matches!(term, Term::Array(_) | Term::Map(_)),
            };
            if is_plain {
                let terms = vec![term.clone()];
                arms.push(self.schema(owner, &Terms { terms, more: 0 }, &[])?);
                continue;
            }
            match below.next() {
                Some(bullet) => arms.push(self.alternative(owner, term, bullet)?),
                None => return owner.refuse("an alternative is not described below"),
            }
        }
        match below.next() {
            Some(bullet) => bullet.refuse(format!("line {} lists no such alternative", owner.line)),
            None => Ok(map(owner.at(), [("anyOf", list(owner.at(), arms))])),
        }
    }

    /// One structure of several: its description is a bullet `Name = ...` that agrees with what the owner lists, by its name
    /// (`or Job`) or by its type (`object { a }`).
    fn alternative(
        &mut self,
        owner: &Bullet,
        term: &Term,
        bullet: &Bullet,
    ) -> Result<Node, Refused> {
        let Declaration::Named { name, terms } = &bullet.declared else {
            return bullet.refuse("an alternative is described as `Name = ...`");
        };
        let is_listed = match term {
            Term::Word(word) => word == name,
            term => std::slice::from_ref(term) == &terms.terms[..],
        };
        if !is_listed {
            return bullet.refuse(format!("`{name}` is not what line {} lists", owner.line));
        }
        let described = self.schema(bullet, terms, &bullet.below)?;
        self.describe(name, described, bullet)?;
        Ok(self.reference(bullet.at(), name))
    }

    /// An object of the fields that the bullets declare, each once.
    pub(super) fn object(&mut self, owner: &Bullet, below: &[Bullet]) -> Result<Node, Refused> {
        let at = owner.at();
        let (mut properties, mut required) = (Vec::<Entry>::new(), Vec::new());
        for bullet in below {
            let (name, optional, terms) = bullet.field()?;
            if properties.iter().any(|entry| entry.key.text == name) {
                return bullet.refuse(format!("`{name}` is there twice"));
            }
            let schema = self.schema(bullet, terms, &bullet.below)?;
            properties.push(entry(name, bullet.at(), schema));
            required.extend((!optional).then(|| text(bullet.at(), name)));
        }
        let keys = [
            ("type", text(at, "object")),
            ("required", list(at, required)),
            ("properties", mapping(at, properties)),
        ];
        Ok(map(at, keys))
    }

    /// A structure may be described more than once, but not differently.
    fn describe(&mut self, name: &str, node: Node, bullet: &Bullet) -> Result<(), Refused> {
        match self.named.iter().find(|(known, _)| known == name) {
            None => self.named.push((name.to_owned(), node)),
            Some((_, known)) if known.to_json() == node.to_json() => {}
            Some((_, known)) => {
                let line = known.at.line;
                return bullet.refuse(format!("`{name}` is described differently on line {line}"));
            }
        }
        Ok(())
    }

    /// Whether each name that is used is described somewhere.
    ///
    /// The error is at the first use of a name that nothing describes: the page lost a part, or spells it otherwise there.
    pub(super) fn complete(&self) -> Result<(), Refused> {
        let is_described = |name: &String| self.named.iter().any(|(known, _)| known == name);
        match self.used.iter().find(|(name, _)| !is_described(name)) {
            None => Ok(()),
            Some((name, line)) => {
                let message = format!("`{name}` is described nowhere");
                Err(Refused::new(*line, message))
            }
        }
    }
}
