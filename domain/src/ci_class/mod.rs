//! A class of configuration items: what is said of its items, how they are related, what tells them
//! apart, when they fall.
//!
//! - **K1** A class is defined as a whole, with a unique name; each definition is a version of it,
//!   and its number is that of the event in the stream. The same definition again changes nothing.
//! - **K2** It inherits from one class that is there, in no circle, over at most 12 generations.
//! - **K3** Attributes and relations have names in snake case; no class has two of one name, what it
//!   inherits included. There are at most 200 attributes and 100 relations in a class.
//! - **K4** Items have values of what was defined: no later version takes an attribute or relation
//!   away, or makes it something else. A choice stays a choice.
//! - **K5** An enum has choices, a reference says of which class, a default is a value it could have.
//!   What every item must have is asked of items to come; those that are there count as incomplete.
//! - **K6** What tells items apart is made of attributes of one value and of relations to one item,
//!   and is the same for all versions.
//! - **K7** At most one redundancy of a class is for items to change.
//!
//! Not here: items, and the classes that ship (`cmdb::standard`). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
mod parts;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::CiClassCommand;
pub use event::CiClassEvent;
pub use refusal::CiClassRefusal;
pub use state::CiClass;
