//! Words of an item.

use serde::{Deserialize, Serialize};

use crate::kernel::CiId;
use crate::kernel::words::words;

words! {
    /// Where in its life an item is.
    CiLife {
        /// It is there.
        Active,
        /// It is not used any more.
        Retired,
        /// Another item goes on in its place.
        Merged,
    }
}

/// Who says something of an item, and how much that counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// `manual`, `import`, or the name of a source.
    pub name: String,
    /// The lowest counts: 0 people, 1 to 999 sources.
    pub rank: u16,
}

/// Where a relation goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// The relation's name.
    pub relation: String,
    /// The item at its other end.
    pub to: CiId,
}

impl Origin {
    /// What people say with their own hands.
    pub const MANUAL: &str = "manual";
    /// A file that names no source.
    pub const IMPORT: &str = "import";
    /// The rank of a source that nobody has defined.
    pub const UNRANKED: u16 = 500;

    /// People.
    pub fn manual() -> Self {
        Self { name: Self::MANUAL.to_owned(), rank: 0 }
    }
}
