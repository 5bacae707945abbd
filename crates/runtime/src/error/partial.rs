//! The part of a response that decodes, where the rest does not.
//!
//! This crate does not know the types of a response, so an error carries the part as `Any`, and the bindings say once which
//! type it is. Callers see one method that returns it: `error.partial()`.

use std::any::Any;

use super::Error;

/// Says which type the rest of a response has. The bindings implement it once, so that callers need not name the type.
pub trait CarriesPartial<P> {}

impl Error {
    /// What is left of a response that breaks a documented promise in one place: the results that decode, and those that
    /// do not as text with their reason. None for any other error.
    #[must_use]
    pub fn partial<P: 'static>(&self) -> Option<&P>
    where
        Self: CarriesPartial<P>,
    {
        self.0.partial.as_deref()?.downcast_ref()
    }

    /// The same error, with what is left of the response.
    #[doc(hidden)]
    #[must_use]
    pub fn with_partial(mut self, partial: impl Any + Send + Sync) -> Self {
        self.0.partial = Some(Box::new(partial));
        self
    }
}
