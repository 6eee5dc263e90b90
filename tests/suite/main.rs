//! The whole-system suites, one test binary: one link, one shared cluster.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

journal::keeper_entry!();

mod access_grants;
mod access_requests;
mod access_rules;
mod as_one;
mod attachments;
mod baselines;
mod cis;
mod classes;
mod client;
mod clocks;
mod conformance;
mod conversation;
mod counting;
mod crash;
mod dead_letters;
mod desk;
mod desk_day;
mod dossier;
mod exporting;
mod exporting_items;
mod hostile;
mod impact;
mod importing;
mod importing_commands;
mod importing_items;
mod inputs;
mod interop;
mod journeys;
mod levels;
mod licences;
mod live;
mod macros;
mod people;
mod personal;
mod printed;
mod quality;
mod queues;
mod rebuilding;
mod recurring;
mod replaying;
mod reports;
mod rights;
mod service_accounts;
mod sessions;
mod sources;
mod starting;
mod statements;
mod storm;
mod ticket_items;
mod tidy;
mod what_if;
mod worked_out;
mod workers;
