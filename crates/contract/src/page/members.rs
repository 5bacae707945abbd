//! Lists of members, checked against the bullets below them.
//!
//! ```text
//! - `job_type: "classify" or 2 more`       lists 3 members
//!   - `"classify"`                         which are these, in this order
//!   - `"extract"`
//!   - `"parse"`
//! ```
//!
//! If the page's generator, a browser or a person loses a bullet, the counts disagree, and the page is refused. What the
//! parent names has to come first below it, in the same order.

use super::Refused;
use super::kind::{Declaration, MemberList, Term, Terms};
use super::lines::Bullet;
use crate::yaml::Node;
use crate::yaml::build::{list, map, text};

/// The values that a type lists, if it lists nothing else.
///
/// `string or "a"` lists something else as well, and is a union.
pub(super) fn values_in(kind: &Terms) -> Option<MemberList> {
    let value = |term: &Term| match term {
        Term::Value(value) => Some(value.clone()),
        _ => None,
    };
    let names = kind.terms.iter().map(value).collect::<Option<Vec<_>>>()?;
    let total = names.len() + kind.more;
    Some(MemberList { names, total })
}

/// An enum of the values below a bullet. A type that lists nothing, such as a name, takes all of them.
pub(super) fn values_of(
    owner: &Bullet,
    listing: &MemberList,
    below: &[Bullet],
) -> Result<Node, Refused> {
    let (at, mut values, mut names) = (owner.at(), Vec::new(), Vec::new());
    for bullet in below {
        match &bullet.declared {
            Declaration::Value(value)
                if bullet.below.is_empty() && !names.contains(&value.as_str()) =>
            {
                names.push(value.as_str());
                values.push(text(bullet.at(), value));
            }
            _ => return bullet.refuse("a value is expected here, in quotes, and each once"),
        }
    }
    if listing.total > 0 {
        agree(owner, listing, names.iter().copied())?;
    }
    let values = list(at, values);
    Ok(map(at, [("type", text(at, "string")), ("enum", values)]))
}

/// `N more` is a checksum: the bullets below are exactly those that the parent lists.
pub(super) fn agree<'n>(
    owner: &Bullet,
    listing: &MemberList,
    below: impl Iterator<Item = &'n str>,
) -> Result<(), Refused> {
    let below: Vec<&str> = below.collect();
    let (listed, found) = (listing.total, below.len());
    if found != listed {
        return owner.refuse(format!("lists {listed} members, and {found} are below it"));
    }
    let mut pairs = listing.names.iter().zip(&below);
    match pairs.find(|(listed, below)| listed != below) {
        Some((listed, below)) => {
            owner.refuse(format!("lists `{listed}` where `{below}` is below it"))
        }
        None => Ok(()),
    }
}
