//! Routing: whom a new ticket goes to when nobody named one, and why.
//!
//! Rules, by number:
//! - **R1** Without a subject, or when the subject names no unit, dispatch has it.
//! - **R2** When the subject's unit is closed or takes no tickets, dispatch has it.
//! - **R3** A unit that pulls has it as a whole, whatever skill or tier is asked for.
//! - **R4** Whoever is active, has the skill on that day and works in the tier fits; who was never
//!   given a tier works in the first.
//! - **R5** For whoever fits but is away that day the deputy stands in, if one of the unit's people,
//!   fit and there; deputies have no deputies.
//! - **R6** The turn is that of the one with the least open tickets, or of the one whose last one came
//!   longest ago; what the deputy got instead counts as theirs.
//! - **R7** When nobody fits, the unit has it as a whole.
//! - **R8** Whoever was passed over is named with the reason, at most fifty of them.
//! - **R9** An item that names the unit which answers for it goes before the subject: the unit spreads
//!   the ticket as it spreads its tickets, and no skill or tier is asked for.
//!
//! Pure: it is given the subject's defaults or the item, the unit's people and their load, and answers a target
//! with an explanation that is stamped into the event. What cannot be placed goes to dispatch.
//! Called by whoever opens a ticket that names no unit.

pub mod decide;
mod explanation;
mod question;
#[cfg(test)]
mod tests;

pub use decide::route;
pub use explanation::{Outcome, PassedOver, Routing, Why};
pub use question::{Candidate, Question, RoutedUnit, Target};
