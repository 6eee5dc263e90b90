//! What classes and items of the configuration management database have in common: values and how
//! they must be, definitions, the catalogue of all classes.
//!
//! Classes are data: an installation begins with the standard ones and adds its own while it runs.
//! Not here: the life of a class or an item (their aggregates), who may change them (rights). Called
//! by both aggregates, by imports and by whoever shows items.

pub mod catalogue;
pub mod cell;
pub mod class;
pub mod identity;
pub mod impact;
pub mod named;
pub mod standard;
#[cfg(test)]
pub(crate) mod testing;
pub mod value;

pub use catalogue::{Catalogue, Class};
pub use class::{Attribute, Definition, Flow, Kind, RedundancyRule, Relation};
pub use identity::{IDENTITY, Part, identities, identity_beginning};
pub use named::{NamedAttribute, NamedDefinition, NamedRelation, UnknownClass};
pub use value::{Datum, Measure, NAMED_MAX, Redundancy, Stored, ValueFault};

/// The attribute that items are called by.
pub const NAME: &str = "name";
/// The attribute that says whose an item is.
pub const ORGANIZATION: &str = "organization";
/// The attribute that says where in its life an item is.
pub const STATUS: &str = "status";
/// The attribute by which an item says better than its class when it falls.
pub const REDUNDANCY: &str = "redundancy";
