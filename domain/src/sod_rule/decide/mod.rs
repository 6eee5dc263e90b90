//! One verb a file; how a definition must be, and who may change it, stands here.

mod bounds;
pub mod define;
pub mod redefine;
pub mod retire;

use std::sync::Arc;

pub(super) use bounds::{ACTIONS_MAX, DUTIES_MAX, SET_MAX};

use super::refusal::SodRuleRefusal;
use crate::access::AccessFacts;
use crate::access::model::{ActionPattern, Counted, Duty, SodKind, SodRule};
use crate::kernel::{Actor, Context};

fn known(cx: &Context) -> Arc<AccessFacts> {
    cx.facts.access.clone().unwrap_or_default()
}

/// SD4
fn must_not_bind(rule: &SodRule, known: &AccessFacts, cx: &Context) -> Result<(), SodRuleRefusal> {
    let binds = match &rule.kind {
        SodKind::Static { set, n } => {
            let held = set.iter().filter(|counted| has(counted, known)).count();
            held + 1 >= usize::from(*n)
        }
        SodKind::Dynamic { duties, .. } => {
            duties.iter().filter(|duty| can_take_on(duty, known)).count() > 1
        }
    };
    if binds && cx.actor != Actor::System { Err(SodRuleRefusal::BindsActor) } else { Ok(()) }
}

fn has(counted: &Counted, known: &AccessFacts) -> bool {
    match counted {
        Counted::Role(role) => known.holds_role(*role),
        Counted::Actions(pattern) => known.holds_some(pattern),
    }
}

fn can_take_on(duty: &Duty, known: &AccessFacts) -> bool {
    duty.actions.iter().any(|action| known.holds_some(&ActionPattern::from(action)))
}
