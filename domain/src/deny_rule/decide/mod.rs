//! One verb a file; who may change a rule stands here, how it must be in `bounds`.

pub mod define;
pub mod redefine;
pub mod retire;

use super::event::Definition;
use super::refusal::DenyRuleRefusal;
use crate::access::doer::Doer;

/// DR5
fn must_not_bind(rule: &Definition, doer: &Doer<'_>) -> Result<(), DenyRuleRefusal> {
    let binds =
        doer.is_meant(&rule.whom) && rule.actions.iter().any(|pattern| doer.holds_some(pattern));
    if binds && !doer.is_annals() { Err(DenyRuleRefusal::BindsActor) } else { Ok(()) }
}
