//! Configuration items and their classes: everybody who works here sees all of them.

use domain::access::Permission;
use domain::ci::CiCommand;
use domain::ci_class::CiClassCommand;

use super::Guarded;

impl Guarded for CiClassCommand {
    fn permission(&self) -> Permission {
        Permission::CiClassDefine
    }
}

impl Guarded for CiCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Register(_) => Permission::CiRegister,
            Self::Correct(_) | Self::Revert(_) => Permission::CiCorrect,
            Self::Relate(_) | Self::Unrelate(_) => Permission::CiRelate,
            Self::Retire(_) => Permission::CiRetire,
            Self::MergeInto(_) => Permission::CiMerge,
        }
    }

    fn sight(&self) -> Option<Permission> {
        Some(Permission::CiRead)
    }
}
