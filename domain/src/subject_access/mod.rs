//! The access of one subject: all permission grants of a person, a program or a group, one stream with
//! the identity of that subject.
//!
//! ```text
//!   (none) ── grant ──▶ open ── close ──▶ closed ── reopen ──▶ open
//!                       ▲  │ grant, prolong, revoke, expire, transfer, confirm, delegate,
//!                       └──┘ end delegation, break glass, except, end exception, entitle
//! ```
//!
//! Rules, by number:
//! - **SA1** Access is given to a subject that is there and active; at most two thousand grants hold or
//!   wait to hold at a time.
//! - **SA2** A grant is of a role that is there, or of permissions within their bounds; it ends after
//!   it begins, and has an end where its role has one: no later than the role says, unless a request
//!   was approved for longer. It begins within a year.
//! - **SA3** Nobody gives what they do not have, there and for as long; what was delegated to them or
//!   taken in an emergency they do not give at all. Nobody gives to themselves, by whichever account or
//!   group. What was approved, Annals itself gives.
//! - **SA4** No human behind the subject comes to break a static rule of duties at any instant, with
//!   all that is theirs: through groups, other accounts, delegation, and requests that are not decided,
//!   but that of two requests the first that is approved is given.
//!   A rule that can be lifted is lifted by exceptions that last as long as what breaks it; one that
//!   only records or prunes refuses nothing.
//! - **SA5** A grant that was revoked, or is over, never holds again. Revoking it again changes nothing.
//! - **SA6** Somebody delegates what they have to another person, for at most ninety days, with an end;
//!   it holds no longer than they have it themselves. Either of both ends it.
//! - **SA7** An exception lifts one soft deny or one rule of duties that can be lifted, for one
//!   subject, with an owner, a control in its place and a reason, for at most ninety days. Nobody
//!   makes one for themselves.
//! - **SA8** In an emergency somebody takes a role that was prepared for their group, in person, with a
//!   reason, for at most four hours.
//! - **SA9** Whoever leaves has nothing any more, from that instant. Reopened, nothing of before comes
//!   back.
//! - **SA10** Somebody always may give access, everywhere and for good: the last grant by which anybody
//!   may is not revoked, and whoever has it does not leave before another one has it too.
//! - **SA11** Everybody has by birthright the standard role of what they are here to do, everywhere;
//!   another role is another birthright in place of it. Annals itself gives it, with the registration
//!   and with each change of role.
//! - **SA12** What somebody is denied something for, they do not lay down by themselves.
//! - **SA13** Whoever moves loses what a rule gave them and gives no more, at the latest thirty days
//!   later. What they were given otherwise ends fourteen days later, unless somebody else who may give
//!   it confirms in person that they need it still: then it ends as it did before. What was lent to
//!   them ends as it would; what they have by birthright stays.
//!
//! Not here: what grants mean for a decision (`access::decide`), who approves (`access_request`).
//! Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::SubjectAccessCommand;
pub use event::SubjectAccessEvent;
pub use refusal::SubjectAccessRefusal;
pub use state::SubjectAccess;
