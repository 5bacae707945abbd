//! Open string enums: a value that the contract does not have must not cost the complete response.
//!
//! Of `open_enum! { JobType { Parse = "parse", Extract = "extract", } }` a caller has:
//!
//! ```text
//! match JobType::from("parse") {
//!     JobType::Parse => ..,
//!     JobType::Unknown(value) => ..,       // "translate", some day
//!     _ => ..,                             // the enum is non-exhaustive: `Translate`, in a later version
//! }
//! ```
//!
//! Everything is written with complete paths, as the macro is expanded in a module with types of any name.

/// Defines an open enum from its variants and wire values. Generated code calls it for each enum of the contract.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($(#[doc = $doc:literal])* $name:ident { $($variant:ident = $wire:literal,)* }) => {
        $(#[doc = $doc])*
        ///
        /// The enum is open. Match the variants that you handle and end with a
        /// wildcard: it matches values that are added to the contract later, as well
        /// as [`Unknown`](Self::Unknown) ones.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $wire, "`")] $variant,)*
            /// A value that the contract does not know, as the service sent it.
            Unknown(String),
        }

        impl $name {
            /// Every value that the contract knows, in its order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }

            /// Whether the contract knows the value.
            #[must_use]
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }

            fn known(value: &str) -> Option<Self> {
                match value {
                    $($wire => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::known(value).unwrap_or_else(|| Self::Unknown(value.to_owned()))
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::known(&value).unwrap_or(Self::Unknown(value))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                let value = $crate::__private::text(from)?;
                Ok(Self::from(value.as_ref()))
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "string", "examples": [$($wire),*] })
            }
        }

        impl $crate::__private::Field for $name {
            const SHAPE: $crate::__private::Shape = $crate::__private::Shape::Text;

            fn empty() -> Self {
                Self::Unknown(::std::string::String::new())
            }
        }
    };
}
