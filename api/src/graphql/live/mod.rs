//! What can be listened to: changes as they happen, from any position of the log on.
//!
//! A subscription pulls: it reads the log from where its client stands, at the client's pace, and
//! shows what the client may see now. The transport gives it a [`Progress`], by which both know
//! where it stands. Nothing of this is kept when nobody listens.

mod crossing;
mod notices;
mod progress;
mod queue;
mod rights;
mod source;
mod subscription;
mod types;

pub use progress::Progress;

pub(super) use progress::stand;
pub(super) use rights::Rights;
pub(super) use subscription::LiveSubscription;
