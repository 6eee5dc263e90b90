//! What tickets are to each other.

use crate::kernel::words::words;

words! {
    /// What the other ticket is to this one.
    LinkKind {
        /// This one is part of it.
        Parent,
        /// It is part of this one.
        Child,
        /// They have to do with each other.
        Related,
        /// This one says the same as the other, which goes on.
        DuplicateOf,
        /// The other says the same as this one, which goes on.
        DuplicatedBy,
        /// It brought this one about.
        CausedBy,
        /// This one brought it about.
        CauseOf,
    }
}

impl LinkKind {
    /// The same link, seen from the other ticket.
    pub fn inverse(self) -> Self {
        match self {
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::Related => Self::Related,
            Self::DuplicateOf => Self::DuplicatedBy,
            Self::DuplicatedBy => Self::DuplicateOf,
            Self::CausedBy => Self::CauseOf,
            Self::CauseOf => Self::CausedBy,
        }
    }
}
