//! Rebuilds of read models as jobs: asked for, cancelled, resumed, taken back, and watched. The work
//! itself goes on in a worker of some server.

mod input;
mod live;
mod mutation;
mod query;
mod types;

pub(super) use live::JobSubscription;
pub(super) use mutation::JobMutation;
pub(super) use query::JobQuery;
