//! The items of the CMDB that a ticket is about: those somebody named, and what was computed to fall
//! with them; in the stream of the ticket's identity.
//!
//! ```text
//!   (none) ─ link ─▶ MANUAL, NOT_IMPACTED or SERVICE ─ link in another role ─▶ … ─ unlink ─▶ (none)
//! ```
//!
//! Rules, by number:
//! - **I1** They are those of a ticket that exists; a merged ticket's never change again, nor do
//!   those of one that is closed or cancelled.
//! - **I2** Only an item that exists and is neither retired nor merged is linked; whatever became of
//!   one, it may be unlinked.
//! - **I3** An item has one role: MANUAL, it failed; NOT_IMPACTED, it did not, and nothing falls
//!   behind it; SERVICE, it is what is asked for. Linked in another role, it changes; in the same
//!   one, nothing happens.
//! - **I4** At most 1,000 items are named.
//! - **I5** What falls is computed before the decision, and told with it: at which position of the
//!   log, from which items, how many, and the digest of the set. It is taken when it is that of the
//!   very items that the ticket has then; else the caller computes anew. The set itself is not told:
//!   it follows from all this.
//! - **I6** Computed to be what it was, nothing happens.
//! - **I7** Only an item of the class Service is linked as the service; another one takes its place.
//!
//! Not here: the computing (`cmdb::impact`), and the rows of a set, which the view makes again from
//! position and digest. Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::TicketItemsCommand;
pub use event::{Computed, TicketItemsEvent};
pub use refusal::TicketItemsRefusal;
pub use state::TicketItems;
pub use words::ItemRole;
