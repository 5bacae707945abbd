//! Where one is: in the contract and in the value, as chains that are written out only where something is
//! found.
//!
//! A walk over a million values makes a million places, and needs the text of few. So each is a link to the one
//! above, on the stack of the walk, and `Display` writes the chain from its top:
//!
//! - of the contract `ProcessingResult.job_config`, `Config.pages[]`, `Config.env.*`
//! - of the value `/processing_results/3/job_config`

use crate::yaml::node::escape;
use std::fmt;

/// A place in the contract: one step below another. A component is the top of a chain, since a reader knows it
/// by its name.
pub(super) struct At<'p> {
    pub(super) above: Option<&'p At<'p>>,
    pub(super) step: Step<'p>,
}

/// How a place is reached from the one above.
#[derive(Clone, Copy)]
pub(super) enum Step<'p> {
    /// Where the comparison starts, as a JSON pointer.
    Top(&'p str),
    Component(&'p str),
    Property(&'p str),
    Items,
    Values,
    Branch(&'static str, usize),
}

impl<'p> At<'p> {
    pub(super) fn top(step: Step<'p>) -> At<'p> {
        At { above: None, step }
    }

    pub(super) fn below(&'p self, step: Step<'p>) -> At<'p> {
        At {
            above: Some(self),
            step,
        }
    }

    pub(super) fn is_top(&self) -> bool {
        matches!(self.step, Step::Top(_))
    }

    /// The schema as a JSON pointer into the contract: `/components/schemas/Config/properties/pages/items`.
    pub(super) fn pointer(&self) -> String {
        let above = self.above.map(At::pointer).unwrap_or_default();
        match self.step {
            Step::Top(pointer) => pointer.to_owned(),
            Step::Component(name) => format!("/components/schemas/{}", escape(name)),
            Step::Property(name) => format!("{above}/properties/{}", escape(name)),
            Step::Items => format!("{above}/items"),
            Step::Values => format!("{above}/additionalProperties"),
            Step::Branch(keyword, index) => format!("{above}/{keyword}/{index}"),
        }
    }
}

/// As a reader knows it: `Component.property`, with `[]` for items and `.*` for values of a map.
impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            above.fmt(f)?;
        }
        match self.step {
            Step::Top(_) => f.write_str("response"),
            Step::Component(name) => f.write_str(name),
            Step::Property(name) => write!(f, ".{name}"),
            Step::Items => f.write_str("[]"),
            Step::Values => f.write_str(".*"),
            Step::Branch(..) => Ok(()),
        }
    }
}

/// A place in a value. `Display` is its JSON pointer.
pub(super) enum Path<'p> {
    Top,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Top => Ok(()),
            Path::Key(above, key) => write!(f, "{above}/{}", escape(key)),
            Path::Index(above, index) => write!(f, "{above}/{index}"),
        }
    }
}
