//! One verb a file; how the parts of a definition must be stands in `parts`.

pub mod define;

/// Attributes of a class, inherited ones among them.
pub(super) const ATTRIBUTES_MAX: usize = 200;
/// Relations likewise.
pub(super) const RELATIONS_MAX: usize = 100;
/// Choices of an enum.
pub(super) const CHOICES_MAX: usize = 200;
/// A class, its parent, and so on.
pub(super) const GENERATIONS_MAX: usize = 12;
/// Redundancies of a definition, relations of a redundancy, sets of an identity, parts of a set.
pub(super) const RULES_MAX: usize = 10;
