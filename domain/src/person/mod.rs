//! A person: staff or client, one stream each.
//!
//! ```text
//!   (none) ── register ──▶ active ── suspend ──▶ suspended ── leave ──▶ left
//!                          active ◀── restore ── suspended
//!                          active ── leave ──▶ left
//!   active, suspended: everything else that is told of a person
//! ```
//!
//! Rules, by number:
//! - **P1** A person is registered once, with a login and a name; both are sealed in the history.
//! - **P2** Login and e-mail address are unique, whatever their case.
//! - **P3** A role fits the kind: clients are CLIENT or CLIENT_GROUP_LEAD, staff anything else.
//! - **P4** A client may belong to a customer organisation; staff to none.
//! - **P5** That a password changed is history; the password is not, nor its hash.
//! - **P6** A role changes within the kind, and never by the person's own hand.
//! - **P7** Names, contacts and positions change; contacts and positions may be given up.
//! - **P8** A person chooses one of the deployment's languages.
//! - **P9** Staff have at most fifty skills, at levels 1 to 5, certified until a day or without end.
//! - **P10** Staff work in a support tier, 1 to 3.
//! - **P11** Another active member of staff stands in for a member of staff, for at most 366 days.
//! - **P12** A person is suspended by another, and restored; the last who may give access is not
//!   suspended.
//! - **P13** A person leaves by another's hand, for ever: then nothing happens to the person any
//!   more. The login stays taken, the e-mail address is free.
//! - **P14** A second account is known as such: whose it is is said, and taken back, by somebody else
//!   than that human. Whatever holds for a human holds for all accounts.
//! - **P15** What groups by rule and rules that grant look at (position, organisation, skills, tier) is
//!   another's to say: nobody comes to more rights, or out of a rule, by themselves.
//! - **P16** Staff move by another's hand, from now on or within a year, and keep what came with the old
//!   place for thirty days more at most.
//!
//! Not here: which units a person belongs to (unit), credentials and sessions (no event at all).
//! Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::PersonCommand;
pub use event::PersonEvent;
pub use refusal::PersonRefusal;
pub use state::Person;
pub use words::{Life, PersonKind, Role};
