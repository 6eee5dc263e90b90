//! The handful of numbers that stands for a selection set, and how they add up.
//!
//! They do not depend on where the set is spread, which is what makes remembering them possible.

/// Points and objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weight {
    pub(super) points: u64,
    pub(super) nodes: u64,
}

impl Weight {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            points: self.points.saturating_add(other.points),
            nodes: self.nodes.saturating_add(other.nodes),
        }
    }

    pub(super) fn times(self, factor: u64) -> Self {
        Self {
            points: self.points.saturating_mul(factor),
            nodes: self.nodes.saturating_mul(factor),
        }
    }
}

/// What a selection set amounts to when everything it spreads is expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Field levels, leaf included.
    pub(super) depth: u64,
    /// Selection sets below this one, fragments counted, as the library counts them.
    pub(super) nesting: u64,
    /// Fields, spreads and inline fragments.
    pub(super) selections: u64,
    /// Fields at this very level.
    pub(super) fields: u64,
    /// Whether all fields at this level are the schema's own (`__schema`, `__type`, `__typename`).
    pub(super) introspects: bool,
    /// Introspection lists inside each other.
    pub(super) lists: u64,
    /// What lies under `edges` and `nodes`: a connection around this set multiplies it.
    pub(super) items: Weight,
    /// All the rest: a connection around this set does not.
    pub(super) rest: Weight,
}

impl Numbers {
    /// The empty set.
    pub(super) const NONE: Self = Self {
        depth: 0,
        nesting: 0,
        selections: 0,
        fields: 0,
        introspects: true,
        lists: 0,
        items: Weight { points: 0, nodes: 0 },
        rest: Weight { points: 0, nodes: 0 },
    };

    /// This set with another one beside it.
    pub(super) fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            nesting: self.nesting.max(other.nesting),
            selections: self.selections.saturating_add(other.selections),
            fields: self.fields.saturating_add(other.fields),
            introspects: self.introspects && other.introspects,
            lists: self.lists.max(other.lists),
            items: self.items.plus(other.items),
            rest: self.rest.plus(other.rest),
        }
    }

    /// This set as spread or inlined: one selection and one nesting more, nothing else changes.
    pub(super) fn spread(self) -> Self {
        Self {
            nesting: self.nesting.saturating_add(1),
            selections: self.selections.saturating_add(1),
            ..self
        }
    }

    /// Everything this set weighs.
    pub(super) fn weight(self) -> Weight {
        self.items.plus(self.rest)
    }
}
