//! kill -9 of whatever takes part, under load: what was acknowledged stays, nothing happens twice,
//! everything goes on by itself.
//!
//! Two servers share one data folder whose PostgreSQL writes every commit to disk. Clients insist:
//! a command without an answer is sent again with the same key, to whichever server answers.

pub(crate) mod chance;
mod cuts;
mod follower;
mod kills;
mod ledger;
mod load;
mod nodes;
mod outage;
mod proofs;
mod proxy;
mod stopping;
