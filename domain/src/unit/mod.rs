//! A unit: department, support unit or customer organisation, one stream each.
//!
//! ```text
//!   (none) ── create ──▶ open ── everything else ──▶ open ── close ──▶ closed
//! ```
//!
//! Rules, by number:
//! - **U1** A unit is created once, with a unique name; a support unit may stand in a department.
//! - **U2** Only active staff join departments and support units; a client never does.
//! - **U3** Heads are appointed from the unit's own people.
//! - **U4** A customer organisation has one group lead, a client.
//! - **U5** A unit may have another unique name; the old one is free.
//! - **U6** One of the unit's people leaves it, and heads it no more.
//! - **U7** A head is dismissed and still belongs to the unit.
//! - **U8** A unit that takes tickets chooses how it spreads them; at first they wait to be taken.
//! - **U9** A unit without people is closed, for ever: nobody joins, nothing is appointed or chosen,
//!   nothing stands in it, its name is free.
//! - **U10** Nobody joins, leaves or comes to head a unit by themselves: rights follow from it.
//! - **U11** A barrier is drawn at an open unit, against some classes of actions; what is granted above
//!   the unit ends there. Drawn again, it is against these classes alone. Any unit's can be lifted.
//! - **U12** Somebody can still give access behind it: somebody active, of themselves and for good.
//! - **U13** Nobody takes away, in part or whole, a barrier that keeps something from them.
//!
//! Not here: a client's organisation (the person says it). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::UnitCommand;
pub use event::UnitEvent;
pub use refusal::UnitRefusal;
pub use state::Unit;
pub use words::{RoutingMethod, UnitKind};
