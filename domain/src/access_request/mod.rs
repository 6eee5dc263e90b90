//! An access request: somebody asks for access, others decide, stage by stage; one stream each.
//!
//! ```text
//!   (none) ─ submit ─▶ checked ─┬─▶ rejected
//!               ▲ amend         ├─▶ awaiting stage 1, 2, … ─┬─▶ rejected
//!               └───────────────┼───────────────────────────┤  timed out
//!                               └─▶ approved ◀──────────────┘
//!                                      ├─ activate ─▶ active ─ end ─▶ expired, revoked, superseded
//!                                      └─▶ activation failed
//!   any that is open ─ withdraw ─▶ withdrawn;  ─ void ─▶ rejected
//! ```
//!
//! Rules, by number:
//! - **AR1** A request is submitted once, for somebody active, with a justification of the length that
//!   the policy asks for, for a role that can be requested, with an end where the role has one.
//! - **AR2** The whole plan of stages is made and stored when it is submitted: who approves, by which
//!   rules, how many votes decide, how long it may take, to whom it goes when nobody decides.
//! - **AR3** Rules that apply add stages; equal order means one stage, of all their approvers and of
//!   the stricter mode. What breaks a duty rule that asks for approval, meets a soft deny, lasts longer
//!   than its role, or is an exception gets a last stage of governance: two people at least.
//! - **AR4** Nothing is approved without a vote, unless a rule says so that names the role. Without
//!   approvers it goes to the role's owner, then to governance; if there is nobody, it is rejected.
//! - **AR5** Whoever votes is a person in person, active, has a seat, may decide at the risk of the
//!   request now, is neither who asks nor who benefits nor an account of theirs, and nobody who answers
//!   to them if the policy says so; each human is counted once in all stages.
//! - **AR6** A seat can be passed on, to somebody who could vote, until it has voted.
//! - **AR7** Its holders are reminded when half and when nine tenths of the time are over. Then it goes
//!   up a level, as often as the policy says; then the request has timed out.
//! - **AR8** Another role, scope or end voids all votes: the plan is made anew.
//! - **AR9** Who asked or benefits withdraws it until it is active; it is void when the beneficiary is
//!   gone or the role retired.
//! - **AR10** What is approved becomes active at its beginning, as one grant, or fails to, and says
//!   why; votes of before stay facts. It ends once.
//! - **AR11** Questions may be asked and answered while it waits, at most twenty.
//! - **AR12** The seat of somebody who leaves goes to the role's owner, then to governance, at the stage
//!   that is open and at those that are still to come; a stage at which nobody is left who could vote
//!   rejects it.
//!
//! Not here: the grant itself and static duties at that moment (`subject_access`), which people stand
//! behind an approver (whoever fetches the facts). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod known;
pub mod plan;
pub mod refusal;
pub mod stage;
pub mod state;
#[cfg(test)]
mod tests;
pub mod wanted;
pub mod words;

pub use command::AccessRequestCommand;
pub use event::AccessRequestEvent;
pub use refusal::AccessRequestRefusal;
pub use state::AccessRequest;
