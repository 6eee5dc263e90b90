//! The `incident-log` layout: one row is an incident as it stood after one recorded update.
//!
//! Rules, by number; those marked * are told in the report of the row ([`Note`]):
//! - **M1** The first row opens the ticket at `opened_at` with its own unit, person, subject, impact
//!   and urgency; its state holds from its own time on. A later* or unknown `opened_at` gives way to
//!   the first row's time.
//! - **M2** Within a row: classify, prioritize, assign, then the state, all at `sys_updated_at`. Out
//!   of Closed the reopening comes first, so that nothing is refused.
//! - **M3** Active is in progress, held by `assigned_to`, else by whoever made the row. A forward
//!   ends the hold and work starts again in the same second; an unchanged target keeps the holder.
//! - **M4** New is new or assigned: work stops, waiting ends. "Awaiting …" is pending; another reason
//!   is a resume and a pend; an unknown one* is OTHER.
//! - **M5** What lies between two rows is made up in the same second: resume, start, resolve before
//!   close, reopen when a resolved or closed ticket is in any earlier state again.
//! - **M6** `assignment_group` "?" is no unit, `assigned_to` "?" is nobody; any other "?" changes
//!   nothing. Without impact or urgency the recorded priority is set outright.
//! - **M7** A state that is none* ("-100", "?") leaves the state as it is; the rest of the row counts.
//! - **M8** A first row that is Resolved or Closed* was worked on unseen: M5 fills in.
//! - **M9** Closed without a resolution before* is resolved in the same second.
//! - **M10** Closed and then anything else* is a reopening, whatever the window.
//! - **M11** A row that leaves the ticket closed (or finds it cancelled) cannot change its data*.
//! - **M12** Counters that go down* change nothing: the ticket counts for itself.
//! - **M13** A stamp earlier than the row before* stays the time of its steps; the file's order
//!   rules.
//! - **M14** A recorded priority that differs* from the matrix gives way to it.
//! - **M15** A caller or opener that changes* has no verb: the first row's stay.
//!
//! `resolved_at`, `resolved_by` and `closed_at` tell the future and are never read; `closed_code` is
//! the resolution code of the row that resolves.

pub mod map;
pub mod note;
pub mod people;
mod plan;
pub mod row;
#[cfg(test)]
mod tests;

pub use map::{Mapped, Resolved, Step, commands};
pub use note::{Counter, Note};
pub use people::{Cast, ForeignPerson};
pub use row::{IncidentRow, RowFault, RowState, missing_columns};
