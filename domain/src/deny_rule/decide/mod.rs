//! One verb a file; how a definition must be, and who may change it, stands here.

mod bounds;
pub mod define;
pub mod redefine;
pub mod retire;

use std::sync::Arc;

use super::refusal::DenyRuleRefusal;
use crate::access::AccessFacts;
use crate::access::model::Deny;
use crate::kernel::{Actor, Context};

fn known(cx: &Context) -> Arc<AccessFacts> {
    cx.facts.access.clone().unwrap_or_default()
}

/// DR5
fn must_not_bind(deny: &Deny, known: &AccessFacts, cx: &Context) -> Result<(), DenyRuleRefusal> {
    let binds = known.is_for_doer(&deny.whom)
        && deny.actions.iter().any(|pattern| known.holds_some(pattern));
    if binds && cx.actor != Actor::System { Err(DenyRuleRefusal::BindsActor) } else { Ok(()) }
}
