//! The unit's verbs: a table of contents.

pub use super::decide::appoint_head::AppointHead;
pub use super::decide::appoint_lead::AppointLead;
pub use super::decide::create::Create;
pub use super::decide::join::Join;
use super::event::UnitEvent;
use super::refusal::UnitRefusal;
use super::state::Unit;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a unit.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum UnitCommand {
    Create(Create),
    Join(Join),
    AppointHead(AppointHead),
    AppointLead(AppointLead),
}

impl Command for UnitCommand {
    type State = Unit;
    type Event = UnitEvent;
    type Refusal = UnitRefusal;

    fn needs(&self, _unit: &Unit) -> Needs {
        let person = |person| Needs { people: [person].into(), ..Needs::default() };
        match self {
            Self::Create(c) => Needs { units: c.parent.into_iter().collect(), ..Needs::default() },
            Self::Join(c) => person(c.person),
            Self::AppointLead(c) => person(c.person),
            Self::AppointHead(_) => Needs::default(),
        }
    }

    fn decide(self, unit: &Unit, cx: &Context) -> Result<Vec<UnitEvent>, UnitRefusal> {
        match self {
            Self::Create(c) => c.decide(unit, cx),
            Self::Join(c) => c.decide(unit, cx),
            Self::AppointHead(c) => c.decide(unit, cx),
            Self::AppointLead(c) => c.decide(unit, cx),
        }
    }

    fn claims(event: &UnitEvent) -> Vec<ClaimChange> {
        let UnitEvent::Created(created) = event else { return Vec::new() };
        let key = ClaimKey::Plain(created.name.to_lowercase());
        vec![ClaimChange::Hold { scope: "unit.name", key }]
    }
}
