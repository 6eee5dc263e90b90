//! The unit's verbs: a table of contents.

pub use super::decide::appoint_head::AppointHead;
pub use super::decide::appoint_lead::AppointLead;
pub use super::decide::choose_routing::ChooseRouting;
pub use super::decide::close::Close;
pub use super::decide::create::Create;
pub use super::decide::dismiss_head::DismissHead;
pub use super::decide::draw_barrier::DrawBarrier;
pub use super::decide::join::Join;
pub use super::decide::leave::Leave;
pub use super::decide::lift_barrier::LiftBarrier;
pub use super::decide::rename::Rename;
use super::event::UnitEvent;
use super::refusal::UnitRefusal;
use super::state::Unit;
use crate::access::known::AccessNeeds;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a unit.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum UnitCommand {
    Create(Create),
    Join(Join),
    AppointHead(AppointHead),
    AppointLead(AppointLead),
    Rename(Rename),
    Leave(Leave),
    DismissHead(DismissHead),
    ChooseRouting(ChooseRouting),
    Close(Close),
    DrawBarrier(DrawBarrier),
    LiftBarrier(LiftBarrier),
}

impl Command for UnitCommand {
    type State = Unit;
    type Event = UnitEvent;
    type Refusal = UnitRefusal;

    fn needs(&self, _unit: &Unit) -> Needs {
        let person = |person| Needs { people: [person].into(), ..Needs::default() };
        match self {
            Self::Create(c) => Needs { units: c.parent.into_iter().collect(), ..Needs::default() },
            Self::Join(c) => Needs { access: AccessNeeds::rules(), ..person(c.person) },
            Self::Leave(_) | Self::AppointHead(_) | Self::LiftBarrier(_) => {
                AccessNeeds::rules().into()
            }
            Self::DrawBarrier(c) => {
                AccessNeeds { behind: [c.unit].into(), ..AccessNeeds::rules() }.into()
            }
            Self::AppointLead(c) => person(c.person),
            Self::Rename(_) | Self::DismissHead(_) | Self::ChooseRouting(_) | Self::Close(_) => {
                Needs::default()
            }
        }
    }

    fn decide(self, unit: &Unit, cx: &Context) -> Result<Vec<UnitEvent>, UnitRefusal> {
        match self {
            Self::Create(c) => c.decide(unit, cx),
            Self::Join(c) => c.decide(unit, cx),
            Self::AppointHead(c) => c.decide(unit, cx),
            Self::AppointLead(c) => c.decide(unit, cx),
            Self::Rename(c) => c.decide(unit, cx),
            Self::Leave(c) => c.decide(unit, cx),
            Self::DismissHead(c) => c.decide(unit, cx),
            Self::ChooseRouting(c) => c.decide(unit, cx),
            Self::Close(c) => c.decide(unit, cx),
            Self::DrawBarrier(c) => c.decide(unit, cx),
            Self::LiftBarrier(c) => c.decide(unit, cx),
        }
    }

    fn claims(before: &Unit, event: &UnitEvent) -> Vec<ClaimChange> {
        let held = before.0.as_ref().filter(|body| !body.closed).map(|body| key(&body.name));
        let name = |new| ClaimChange::exchange("unit.name", held, new);
        match event {
            UnitEvent::Created(e) => name(Some(key(&e.name))),
            UnitEvent::Renamed(e) => name(Some(key(&e.name))),
            UnitEvent::Closed(_) => name(None),
            UnitEvent::Joined(_)
            | UnitEvent::HeadAppointed(_)
            | UnitEvent::LeadAppointed(_)
            | UnitEvent::Left(_)
            | UnitEvent::HeadDismissed(_)
            | UnitEvent::RoutingChosen(_)
            | UnitEvent::BarrierDrawn(_)
            | UnitEvent::BarrierLifted(_) => Vec::new(),
        }
    }
}

/// U1: whatever its case.
fn key(name: &str) -> ClaimKey {
    ClaimKey::Plain(name.to_lowercase())
}
