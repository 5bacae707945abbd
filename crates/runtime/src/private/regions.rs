//! The regions of the service.
//!
//! Their names, short names and URLs are those of the contract, so the type is made where the contract is known, in the
//! bindings; what it can do is here. In order of the contract: its first server is the default.

/// Defines `Region` from the servers of the contract. Generated code calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! __regions {
    ($(#[doc = $doc:literal] $variant:ident = ($name:literal, $short:literal, $url:literal),)*) => {
        /// A region of the service, from the servers of the contract. A key belongs to one region.
        ///
        /// The default is the first server of the contract.
        ///
        /// ```
        /// use processing_results::{Region, spec};
        ///
        /// assert_eq!(Region::default().base_url(), spec::SERVERS[0]);
        /// assert_eq!("eu".parse::<Region>()?, Region::Eu);
        /// # Ok::<(), processing_results::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Region {
            $(#[doc = $doc] $variant,)*
        }

        impl Region {
            /// Every region, the default first.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// URL of the region's server.
            #[must_use]
            pub const fn base_url(self) -> &'static str {
                match self {
                    $(Self::$variant => $url,)*
                }
            }

            /// Name of the region, such as `north-america`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Short name of the region: the initials of a name of several words, such as `na`.
            #[must_use]
            pub const fn short_name(self) -> &'static str {
                match self {
                    $(Self::$variant => $short,)*
                }
            }
        }

        impl ::std::default::Default for Region {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl ::std::fmt::Display for Region {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.name())
            }
        }

        /// From the name or the short name, in any case.
        impl ::std::str::FromStr for Region {
            type Err = $crate::Error;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::Error> {
                let is_it = |name: &str| name.eq_ignore_ascii_case(text.trim());
                let mut all = Self::ALL.iter();
                let found = all.find(|it| is_it(it.name()) || is_it(it.short_name()));
                found.copied().ok_or_else(|| {
                    let known = [$($name),*].join(", ");
                    $crate::Error::configuration(format!("no such region: write one of {known}"))
                })
            }
        }

        impl $crate::__private::serde::Serialize for Region {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                to: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.name())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for Region {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let text = <::std::string::String as $crate::__private::serde::Deserialize>::deserialize(from)?;
                text.parse().map_err($crate::__private::serde::de::Error::custom)
            }
        }
    };
}
