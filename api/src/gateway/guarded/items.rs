//! Configuration items, their classes, sources and baselines: everybody who works here sees all of them.
//! And the accounts of programs that bring them.

use domain::access::Permission;
use domain::access::decide::ObjectView;
use domain::baseline::BaselineCommand;
use domain::ci::{Ci, CiCommand};
use domain::ci_class::CiClassCommand;
use domain::kernel::CiId;
use domain::service_account::ServiceAccountCommand;
use domain::sync_source::SyncSourceCommand;

use super::{Guarded, On};

impl Guarded for CiClassCommand {
    fn permission(&self) -> Permission {
        Permission::CiClassDefine
    }
}

impl Guarded for SyncSourceCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Define(_) => Permission::SyncSourceDefine,
            Self::Record(_) => Permission::SyncSourceRecord,
        }
    }
}

impl Guarded for ServiceAccountCommand {
    fn permission(&self) -> Permission {
        Permission::ServiceAccountManage
    }
}

impl Guarded for BaselineCommand {
    fn permission(&self) -> Permission {
        Permission::BaselineManage
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
            Self::TellApart(_) => Permission::CiTellApart,
            Self::Miss(_) | Self::FindAgain(_) | Self::Liken(_) => Permission::CiLookFor,
        }
    }

    fn object(&self, on: &On<'_, Ci>) -> ObjectView {
        ObjectView { item: Some(CiId(on.stream)), ..ObjectView::default() }
    }

    fn sight(&self) -> Option<Permission> {
        Some(Permission::CiRead)
    }
}
