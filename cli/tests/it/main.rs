//! The command as people and scripts run it.

#![cfg(test)]

mod collection;
mod demo;
mod diff;
mod doctor;
mod duplicates;
mod exit_codes;
mod report;
mod secrets;
mod serve;
mod serve_guards;
mod serving;
mod spec;
mod spec_changes;
mod streams;
mod support;
mod tables;
mod usage;
mod verbose;
