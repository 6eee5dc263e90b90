//! One verb a file; who may change a rule stands here, how it must be in `bounds`.

pub mod define;
pub mod redefine;
pub mod retire;

use super::refusal::SodRuleRefusal;
use crate::access::doer::Doer;
use crate::access::model::{ActionPattern, Duty, SodKind, SodRule};
use crate::access::sod::Separation;

/// SD4
fn must_not_bind(rule: &SodRule, doer: &Doer<'_>) -> Result<(), SodRuleRefusal> {
    let binds = match &rule.kind {
        SodKind::Static { set, n } => {
            let kind = SodKind::Static { set: set.clone(), n: n.saturating_sub(1) };
            let nearer = SodRule { kind, ..rule.clone() };
            let separation = Separation::of([&nearer], &doer.rules.roles, &doer.rules.registry);
            !separation.conflicts(&doer.tenures(), &[]).is_empty()
        }
        SodKind::Dynamic { duties, .. } => {
            duties.iter().filter(|duty| can_take_on(duty, doer)).count() > 1
        }
    };
    if binds && !doer.is_annals() { Err(SodRuleRefusal::BindsActor) } else { Ok(()) }
}

fn can_take_on(duty: &Duty, doer: &Doer<'_>) -> bool {
    duty.actions.iter().any(|action| doer.holds_some(&ActionPattern::from(action)))
}
