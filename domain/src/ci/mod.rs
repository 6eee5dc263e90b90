//! A configuration item: what is known of it and from whom, what it is related to, where in its life
//! it is.
//!
//! - **M1** An item is registered once, of a class that is there and not abstract, with the
//!   attributes and relations of that class alone, in the form they want; what is required is said,
//!   or has a default.
//! - **M2** No two items that are not retired hold the same identity. It changes with what it is made
//!   of.
//! - **M3** Each value is kept by its source. What counts is that of the source with the lowest rank,
//!   by name where ranks are equal; people come first. What a source says anew is an event, also when
//!   another source's value counts; the same again is none.
//! - **M4** A source can take back what it said, all of it too; what another one says then counts. A
//!   required value stays.
//! - **M5** A reference names an active item of the attribute's class; a relation goes to one of the
//!   relation's class; a single one to one at most. Items may go in circles. Up to 10,000 relations
//!   go out from an item.
//! - **M6** A retired item, or one merged into another, holds no identity and does not change. An item
//!   is not merged into itself, nor into one that is not active.
//! - **M7** A source that knows the item and did not send it misses it from then on, until it sends it
//!   again or says anything of it.
//! - **M8** Two items can be said to look alike, until they are told apart or one is merged into the
//!   other; up to 100 each. Those told apart are not said to look alike again.
//!
//! Not here: what falls when it fails (`cmdb::impact`), what files call it. Called by the gateway
//! alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::CiCommand;
pub use event::CiEvent;
pub use refusal::CiRefusal;
pub use state::Ci;
pub use words::{Link, Origin};
