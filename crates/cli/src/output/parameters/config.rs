//! The configuration of a job, and the values in it by the names that `changes_since` has for them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use processing_results::types::ProcessingResult;

use super::super::members::Members;
use crate::contract::{Contract, PARAMETERS};
use crate::mask;

/// The configuration of a job, masked unless it is revealed.
pub(super) struct Config {
    pub(super) json: String,
    /// Whether its parameters are in a field of their own.
    pub(super) has_parameters: bool,
}

impl Config {
    /// The configuration of a result.
    pub(super) fn of(result: &ProcessingResult, contract: &Contract, reveal: bool) -> Self {
        Config {
            json: mask::config(result, reveal),
            has_parameters: has_parameters(result, contract),
        }
    }

    pub(super) fn values(&self) -> Values<'_> {
        Values {
            config: self,
            read: RefCell::default(),
        }
    }
}

/// Whether the configurations of a result's job type have their parameters in a field of their own.
pub(super) fn has_parameters(result: &ProcessingResult, contract: &Contract) -> bool {
    let shape = contract.job_config(result.job_type.as_str());
    shape.is_some_and(|shape| shape.member(PARAMETERS).is_some())
}

/// The values of parameters, by their names in `changes_since`. Each object is read once, however many are looked up.
pub(super) struct Values<'a> {
    config: &'a Config,
    /// By where the object begins; `None` for what is no object.
    read: RefCell<HashMap<*const u8, Option<Rc<Members<'a>>>>>,
}

impl<'a> Values<'a> {
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let json = &self.config.json;
        let Some(members) = self.members(json) else {
            // Not an object: the complete configuration.
            return Some(json);
        };
        match self.config.has_parameters {
            true => self.within(members.get(PARAMETERS)?, name),
            false => self.within(json, name),
        }
    }

    fn members(&self, json: &'a str) -> Option<Rc<Members<'a>>> {
        let mut read = self.read.borrow_mut();
        let members = read.entry(json.as_ptr());
        members
            .or_insert_with(|| Members::read(json).map(Rc::new))
            .clone()
    }

    /// A member, or one within a member: the path `config.mode`. Names may have dots themselves, so that `a.b.c` may be
    /// `c` in `a.b`.
    fn within(&self, json: &'a str, name: &str) -> Option<&'a str> {
        let members = self.members(json)?;
        let inner = || {
            let mut dots = name.match_indices('.');
            dots.find_map(|(dot, _)| self.within(members.get(&name[..dot])?, &name[dot + 1..]))
        };
        members.get(name).or_else(inner)
    }
}
