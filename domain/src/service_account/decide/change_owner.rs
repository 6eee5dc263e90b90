//! Change owner: somebody else answers for it.

use super::{must_hold, must_own};
use crate::kernel::{Context, PersonId};
use crate::service_account::event::{OwnerChanged, ServiceAccountEvent};
use crate::service_account::refusal::ServiceAccountRefusal;
use crate::service_account::state::ServiceAccount;

/// Z2, Z5. Another active member of staff answers for it; its tokens go on. The same again changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeOwner {
    /// Who.
    pub owner: PersonId,
}

impl ChangeOwner {
    pub(in crate::service_account) fn decide(
        self,
        account: &ServiceAccount,
        cx: &Context,
    ) -> Result<Vec<ServiceAccountEvent>, ServiceAccountRefusal> {
        let body = account.open()?;
        if body.owner == self.owner {
            return Ok(vec![]);
        }
        must_own(self.owner, cx)?;
        // A new owner lets an account that spoke for nobody speak again.
        must_hold(&body.rights, cx)?;
        Ok(vec![ServiceAccountEvent::OwnerChanged(OwnerChanged { owner: self.owner })])
    }
}
