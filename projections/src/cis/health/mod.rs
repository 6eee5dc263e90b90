//! How good what is known of items is: which lack attributes, which nobody has looked after for long,
//! which stand alone, which may be the same thing twice, which a source misses.
//!
//! All of it is counted in the rows of today when somebody asks: nothing is kept that could be out of
//! date. Counts go over all items of the classes asked about; lists are walked by identity and end with
//! their page, but for duplicates, which take a look at all of a family. Read by the API.

mod read;
mod replicas;
mod terms;
#[cfg(test)]
mod tests;

pub use read::{ClassHealth, Finding, FindingKind, Health};
pub use replicas::{Due, due_to_retire, known_by, known_since};
pub use terms::Terms;
