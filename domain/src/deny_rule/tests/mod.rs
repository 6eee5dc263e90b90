//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod define;
mod laws;
mod redefine;
mod retire;

use std::collections::BTreeSet;

use crate::access::model::{Matcher, Scope, Strength};
use crate::deny_rule::event::{Definition, Retired};
use crate::deny_rule::{DenyRuleCommand, DenyRuleEvent};
use crate::kernel::testing::access::pattern;
use crate::kernel::testing::{self, Given};

fn given(events: impl IntoIterator<Item = DenyRuleEvent>) -> Given<DenyRuleCommand> {
    testing::given(events)
}

/// No items are retired, by these.
fn keeping(whom: Matcher) -> Definition {
    Definition {
        name: "Keep".to_owned(),
        strength: Strength::Soft,
        whom,
        actions: vec![pattern("ci.retire")],
        scope: Scope::Everywhere,
        condition: None,
        fields: BTreeSet::new(),
    }
}

/// By nobody at all.
fn keep() -> Definition {
    keeping(Matcher::Any)
}

fn defined(definition: Definition) -> DenyRuleEvent {
    DenyRuleEvent::Defined(Box::new(definition))
}

fn retired() -> DenyRuleEvent {
    DenyRuleEvent::Retired(Retired {})
}
