//! The whole-system suites, one test binary: one link, one shared cluster.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

journal::keeper_entry!();

mod conformance;
mod desk_day;
mod hostile;
mod importing;
mod interop;
mod journeys;
mod live;
mod personal;
mod printed;
mod replaying;
mod rights;
mod sessions;
mod starting;
mod statements;
mod storm;
mod tidy;
mod workers;
