//! What a rule's decisions need to remember.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::{AssignmentRuleEvent, Definition, Given};
use super::refusal::AssignmentRuleRefusal;
use crate::access::population::Attributes;
use crate::kernel::PersonId;

/// A rule that grants by itself: nothing before it is defined or proposed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AssignmentRule(pub Option<Box<Body>>);

/// A rule that was defined or proposed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// What is in force, if anything is.
    pub current: Option<Definition>,
    /// The number of what came into force last, from 1; 0 before.
    pub version: u32,
    /// What waits for a second person.
    pub waiting: Option<Waiting>,
    /// Whether it is over.
    pub retired: bool,
}

/// What waits for a second person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// What it would say.
    pub definition: Definition,
    /// Who proposed it; none: a program.
    pub by: Option<PersonId>,
}

impl AssignmentRule {
    /// The rule, else AA1's refusal.
    pub fn body(&self) -> Result<&Body, AssignmentRuleRefusal> {
        self.0.as_deref().ok_or(AssignmentRuleRefusal::NotFound)
    }

    /// The rule if it is not over, else AA6's refusal.
    pub(super) fn open(&self) -> Result<&Body, AssignmentRuleRefusal> {
        let body = self.body()?;
        if body.retired { Err(AssignmentRuleRefusal::Retired) } else { Ok(body) }
    }

    /// The name that is not free because of it: that in force; before any is, that which waits.
    pub(super) fn name_held(&self) -> Option<&str> {
        let body = self.0.as_deref().filter(|body| !body.retired)?;
        let waiting = body.waiting.as_ref().map(|waiting| &waiting.definition);
        body.current.as_ref().or(waiting).map(|definition| definition.name.as_str())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: AssignmentRuleEvent) {
        let begins =
            matches!(event, AssignmentRuleEvent::Defined(_) | AssignmentRuleEvent::Proposed(_));
        if begins {
            self.0.get_or_insert_default();
        }
        let Some(body) = self.0.as_deref_mut() else { return };
        match event {
            AssignmentRuleEvent::Defined(e) => {
                body.waiting = None;
                body.come_into_force(e.definition);
            }
            AssignmentRuleEvent::Proposed(e) => {
                body.waiting = Some(Waiting { definition: e.definition, by: e.by });
            }
            AssignmentRuleEvent::Confirmed(_) => {
                if let Some(waiting) = body.waiting.take() {
                    body.come_into_force(waiting.definition);
                }
            }
            AssignmentRuleEvent::Declined(_) => body.waiting = None,
            AssignmentRuleEvent::Retired(_) => {
                body.retired = true;
                body.waiting = None;
            }
        }
    }
}

impl Body {
    /// Whether the rule gives this to such a person, on this day.
    pub fn gives(&self, given: &Given, to: &Attributes, on: NaiveDate) -> bool {
        let current = self.current.as_ref().filter(|_| !self.retired);
        current.is_some_and(|it| it.gives.contains(given) && it.population.includes(to, on))
    }

    fn come_into_force(&mut self, definition: Definition) {
        self.version = self.version.saturating_add(1);
        self.current = Some(definition);
    }
}
