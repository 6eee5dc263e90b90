//! Register: an account begins.

use std::collections::BTreeSet;

use super::{must_hold, must_own};
use crate::kernel::text::{self, REASON_MAX, WORD_MAX};
use crate::kernel::{Context, PersonId};
use crate::resource_type;
use crate::service_account::event::{Registered, ServiceAccountEvent};
use crate::service_account::refusal::ServiceAccountRefusal;
use crate::service_account::state::ServiceAccount;
use crate::service_account::words::Right;

/// Z1, Z2, Z5, Z7. An account is registered once, with what it may do; it cannot speak yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// At most 100 characters, unique whatever its case.
    pub name: String,
    /// What it is for, at most 2,000 characters; nothing personal.
    pub purpose: String,
    /// Who answers for it.
    pub owner: PersonId,
    /// What it may do; at least one thing.
    pub rights: BTreeSet<Right>,
    /// The system that it is a part of, as its resource types name it.
    pub system: Option<String>,
}

impl Register {
    pub(in crate::service_account) fn decide(
        self,
        account: &ServiceAccount,
        cx: &Context,
    ) -> Result<Vec<ServiceAccountEvent>, ServiceAccountRefusal> {
        if account.0.is_some() {
            return Err(ServiceAccountRefusal::Exists);
        }
        let name = text::line(&self.name, WORD_MAX).map_err(ServiceAccountRefusal::NameUnfit)?;
        let purpose = text::required(&self.purpose, REASON_MAX)
            .map_err(ServiceAccountRefusal::PurposeUnfit)?;
        must_own(self.owner, cx)?;
        if self.rights.is_empty() {
            return Err(ServiceAccountRefusal::NoRights);
        }
        must_hold(&self.rights, cx)?;
        if self.system.as_deref().is_some_and(|system| !resource_type::is_system(system)) {
            return Err(ServiceAccountRefusal::SystemUnfit);
        }
        let Self { owner, rights, system, .. } = self;
        let registered = Registered { name, purpose, owner, rights, system };
        Ok(vec![ServiceAccountEvent::Registered(Box::new(registered))])
    }
}
