//! The ticket: life cycle of an incident, a service request or one person's task.
//!
//! ```text
//!            open                 start work                  resolve
//!   (none) ───────▶ new|assigned ───────────▶ in progress ───────────▶ resolved ──▶ closed
//!                     ▲  │  ▲                     │  ▲                    │  close     │
//!                     │  │  └──────── stop, forward  └────── reopen ──────┴────────────┘
//!               resume│  │ pend
//!                     └─ pending        cancel: new, assigned, pending, own in progress ▶ cancelled
//!                                       merge: the same and resolved ▶ closed, for good
//! ```
//!
//! Rules, by number:
//! - **T1** A ticket is opened once, with a kind and a title; given a target it is assigned at once.
//! - **T2** A verb is refused in any state its table row does not name (`TICKET_WRONG_STATE`).
//! - **T3** Work starts by taking the hold; a second one is refused and told who holds it.
//! - **T4** The holder stops work; a head or director may break another's hold.
//! - **T5** While somebody holds a ticket, others leave it alone; heads and directors may steer it,
//!   but stop the work before they give it to somebody else.
//! - **T6** Assigning names a unit, people or nobody; in progress it is a forward and ends the hold.
//! - **T7** Assignees are active staff, and of the unit that is named; 50 at most. Units are open
//!   and take tickets.
//! - **T8** Pending needs a reason, ends the hold; after it nobody holds.
//! - **T9** Only the holder resolves, with a code and a solution (finished history may lack them).
//! - **T10** Reopening gives the hold back to the last holder if still active in the unit.
//! - **T11** A closed ticket reopens only within the deployment's window (history is exempt).
//! - **T12** Only a resolved ticket closes.
//! - **T13** An open ticket that nobody else holds may be cancelled.
//! - **T14** Subject and kind may change until the ticket is closed or cancelled, but not to a
//!   retired subject; a task stays a task.
//! - **T15** Priority follows impact and urgency through the matrix, or is set with a reason; at
//!   opening it is the subject's when nobody says one.
//! - **T16** Escalation goes one tier up or to another unit, with a reason.
//! - **T17** A parent's resolution resolves open children; it ends their holds.
//! - **T18** `reassignment_count` counts changes of the unit after opening, to or from none too.
//! - **T19** A ticket merged into another one that goes on is closed for good; it leaves no open
//!   child behind.
//! - **T20** A ticket may be for each of 2 to 50 people: each completes a task of their own, nobody
//!   holds, forwards or resolves the ticket, and Annals itself resolves it with the last task.
//! - **T21** What a ticket is measured by is stamped into its stream, at the opening and whenever it
//!   changes, so that no replay asks what a plan says today.
//! - **T22** A ticket is opened under the plan that staff name, else, where plans measure tickets, its
//!   subject's, else its kind's; later it may come under another one, or none.
//! - **T23** Where plans measure tickets, a subject has a plan and nobody names a deadline; else whoever
//!   opens a ticket may name one, within ten years.
//! - **T24** A new version of a plan or a calendar reaches open tickets alone.
//!
//! Not here: replies and notes (conversation), tags and links (dossier); what its clocks show (the
//! stopwatch) and what became of them (`ticket_clock`).
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

pub use command::TicketCommand;
pub use event::TicketEvent;
pub use refusal::TicketRefusal;
pub use state::Ticket;
pub use words::{Impact, PendingReason, Priority, TicketKind, TicketState, Tier, Urgency, Verb};
