//! What programs can be given to do: a closed list, each the permission of the same name.

use crate::access::Permission;
use crate::kernel::words::words;

words! {
    /// Something a program may do.
    Right {
        /// Write down new items.
        CiRegister,
        /// Say what is so of items.
        CiCorrect,
        /// Say how items relate.
        CiRelate,
        /// Retire what is gone.
        CiRetire,
        /// Ask what others may do.
        AccessEvaluate,
        /// Be told why, and who may.
        AccessExplain,
    }
}

impl Right {
    /// What the guard asks for.
    pub fn permission(self) -> Permission {
        match self {
            Self::CiRegister => Permission::CiRegister,
            Self::CiCorrect => Permission::CiCorrect,
            Self::CiRelate => Permission::CiRelate,
            Self::CiRetire => Permission::CiRetire,
            Self::AccessEvaluate => Permission::AccessEvaluate,
            Self::AccessExplain => Permission::AccessExplain,
        }
    }
}
