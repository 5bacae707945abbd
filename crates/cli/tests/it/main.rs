//! The command as people and scripts run it.

#![cfg(test)]

mod collection;
mod command_line;
mod demo;
mod diff;
mod doctor;
#[cfg(feature = "s3")]
mod download;
#[cfg(feature = "s3")]
mod download_edges;
#[cfg(feature = "s3")]
mod download_faults;
#[cfg(feature = "s3")]
mod download_keys;
#[cfg(feature = "s3")]
mod download_resume;
mod duplicates;
mod exit_codes;
mod export;
mod export_faults;
mod export_items;
mod export_kills;
#[cfg(target_os = "linux")]
mod export_memory;
mod export_partial;
mod export_places;
mod export_refusals;
mod export_replaced;
mod export_resume;
mod exporting;
mod from_exports;
mod large_responses;
mod lost_output;
mod manual;
mod mistakes;
#[cfg(target_os = "linux")]
mod name_servers;
mod partial_history;
mod readme;
mod report;
#[cfg(feature = "s3")]
mod s3;
mod secrets;
mod secrets_in_texts;
mod serve;
mod serve_guards;
mod serving;
mod streams;
mod support;
mod tables;
#[cfg(target_os = "linux")]
mod terminal;
mod usage;
mod verbose;
