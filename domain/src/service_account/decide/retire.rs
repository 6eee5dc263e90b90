//! Retire: it is over.

use crate::kernel::Context;
use crate::service_account::event::{Retired, ServiceAccountEvent};
use crate::service_account::refusal::ServiceAccountRefusal;
use crate::service_account::state::ServiceAccount;

/// Z6. It is over, its tokens with it, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::service_account) fn decide(
        self,
        account: &ServiceAccount,
        _cx: &Context,
    ) -> Result<Vec<ServiceAccountEvent>, ServiceAccountRefusal> {
        if account.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![ServiceAccountEvent::Retired(Retired {})])
    }
}
