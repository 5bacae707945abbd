//! How JSON is shown, as the caller decides.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::covered;
use crate::field::Shape;

/// What stands for a secret.
pub const MASK: &str = covered::MASK;

/// Whether a name is that of a credential, as `api_key` and `X-Api-Key` are. The caller has the function: the contract has
/// the list of such words, and this crate does not know the contract.
pub type Names = fn(&str) -> bool;

/// What happens to values that the contract does not know.
///
/// A library hides them all, since nobody may look before they are logged. The command, whose user asked to see them,
/// recognizes.
#[derive(Clone, Copy, Debug)]
pub enum Unknown {
    /// Only their type is shown, such as `"<string>"`.
    Hidden,
    /// They are shown, but for what the name or the value reveals as a credential.
    Recognized(Names),
}

/// How JSON is shown.
#[derive(Clone, Copy, Debug)]
pub struct Masking {
    /// What happens to values that the contract does not know.
    pub unknown: Unknown,
    /// The names that are sensitive wherever they turn up.
    pub sensitive: &'static SensitiveNames,
    /// Whether the members stand on lines of their own, indented by two spaces, or all on one line.
    pub is_pretty: bool,
}

impl Masking {
    /// The names of credentials among what the contract does not know.
    pub(super) fn names(&self) -> Names {
        match self.unknown {
            Unknown::Hidden => |_| false,
            Unknown::Recognized(names) => names,
        }
    }
}

/// The documented names of sensitive values, gathered when the first is looked for.
///
/// What is a credential where the contract has it is one where it does not, too: the service moves fields, and
/// `gpt4o_api_key` in an undocumented object is as secret as in the documented one.
#[derive(Debug)]
pub struct SensitiveNames {
    root: &'static Shape,
    by_name: OnceLock<HashMap<&'static str, &'static Shape>>,
}

impl SensitiveNames {
    /// Of a shape and all shapes in it.
    #[must_use]
    pub const fn new(shape: &'static Shape) -> Self {
        SensitiveNames {
            root: shape,
            by_name: OnceLock::new(),
        }
    }

    /// The shape of a sensitive value of this name.
    pub fn shape(&self, name: &str) -> Option<&'static Shape> {
        let gathered = || {
            let mut sensitive = HashMap::new();
            self.root.gather_sensitive(&mut sensitive);
            sensitive
        };
        self.by_name.get_or_init(gathered).get(name).copied()
    }
}
