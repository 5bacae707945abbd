//! How an object of OpenAPI is described.

/// An object of OpenAPI: its keys by the shape of their values.
///
/// A key stands in one row only. `name` also identifies the object in `vocabulary.rs`.
pub(in crate::rules) struct Object {
    /// With its article, for messages.
    pub(in crate::rules) name: &'static str,
    /// Whether a `$ref` may stand in its place.
    pub(in crate::rules) referable: bool,
    /// The keys that it has, by what they hold.
    pub(in crate::rules) keys: &'static [(ValueShape, &'static [&'static str])],
    pub(in crate::rules) required: &'static [&'static str],
    /// Keys; at least one of them is required.
    pub(in crate::rules) one_of: &'static [&'static str],
}

impl Object {
    /// What most objects are: no reference may stand in their place, and no key is required.
    pub(super) const PLAIN: Object = Object {
        name: "",
        referable: false,
        keys: &[],
        required: &[],
        one_of: &[],
    };

    /// What a key holds, if the object has such a key.
    pub(in crate::rules) fn shape(&self, key: &str) -> Option<&'static ValueShape> {
        let found = self.keys.iter().find(|(_, keys)| keys.contains(&key));
        found.map(|(shape, _)| shape)
    }

    /// All keys, in the order of the table, for "did you mean".
    pub(in crate::rules) fn known_keys(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().flat_map(|(_, keys)| keys.iter().copied())
    }
}

/// What a key holds. Shapes nest: `responses` is a `Map` of statuses to the object RESPONSE.
pub(in crate::rules) enum ValueShape {
    /// Anything at all: an example, or what no rule has a question about.
    Any,
    /// A text, which a bare number or boolean is not.
    Text,
    /// `true` or `false`, without quotes.
    Boolean,
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The type of a schema; which types there are is a rule of its own.
    Type,
    /// A mapping with the keys of that object.
    Of(&'static Object),
    /// The same, or a boolean: `additionalProperties` alone.
    BooleanOr(&'static Object),
    /// A list with items.
    List(&'static ValueShape),
    /// A list that may be empty: scopes, and the requirements of a call without a credential.
    AnyList(&'static ValueShape),
    /// Names and their values. The function refuses a name with a help.
    Map(Refusal, &'static ValueShape),
}

/// What to write instead of a name, if the name is refused; `None` if it is right.
pub(in crate::rules) type Refusal = fn(&str) -> Option<&'static str>;
