//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod define;
mod laws;
mod redefine;
mod retire;

use uuid::Uuid;

use crate::access::model::{Counted, Duty, SodAction, SodKind, SodRule};
use crate::kernel::SodRuleId;
use crate::kernel::testing::access::{AGENT, pattern};
use crate::kernel::testing::{self, Given};
use crate::sod_rule::event::Retired;
use crate::sod_rule::{SodRuleCommand, SodRuleEvent};

const RULE: SodRuleId = SodRuleId(Uuid::from_u128(0x121));

fn given(events: impl IntoIterator<Item = SodRuleEvent>) -> Given<SodRuleCommand> {
    testing::given(events)
}

fn rule(action: SodAction, kind: SodKind) -> SodRule {
    SodRule { id: RULE, name: "Apart".to_owned(), action, kind }
}

/// Whoever works on tickets retires no items.
fn counting() -> SodRule {
    let set = [Counted::Role(AGENT), Counted::Actions(pattern("ci.retire"))].into();
    rule(SodAction::Block, SodKind::Static { set, n: 2 })
}

fn duty<const N: usize>(name: &str, actions: [&str; N]) -> Duty {
    let actions = actions.map(|action| action.parse().unwrap()).into();
    Duty { name: name.parse().unwrap(), actions }
}

/// These duties are apart on one request for access.
fn duties(duties: impl Into<Vec<Duty>>) -> SodRule {
    let object_type = "access".to_owned();
    rule(SodAction::Block, SodKind::Dynamic { object_type, duties: duties.into() })
}

/// Whoever asks for access does not decide on it.
fn dividing() -> SodRule {
    duties([duty("request", ["access.request"]), duty("approve", ["access.decide"])])
}

fn defined(rule: SodRule) -> SodRuleEvent {
    SodRuleEvent::Defined(Box::new(rule))
}

fn retired() -> SodRuleEvent {
    SodRuleEvent::Retired(Retired {})
}
