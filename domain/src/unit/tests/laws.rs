//! Laws of any history of a unit.

use proptest::prelude::*;

use super::{closed, created, head_appointed, joined, lead_appointed};
use crate::access::model::{ActionClass, ClassSet};
use crate::kernel::testing::world::{self, ANNA, CLEO, DESK, GUS, HEIDI, IT, NOBODY};
use crate::kernel::testing::{cases, context};
use crate::kernel::{Command, PersonId};
use crate::unit::command::{
    AppointHead, AppointLead, ChooseRouting, Close, Create, DismissHead, DrawBarrier, Join, Leave,
    LiftBarrier, Rename,
};
use crate::unit::event::{
    BarrierDrawn, BarrierLifted, HeadDismissed, Left, Renamed, RoutingChosen,
};
use crate::unit::{RoutingMethod, Unit, UnitCommand, UnitEvent, UnitKind};

fn person() -> impl Strategy<Value = PersonId> {
    prop::sample::select(vec![ANNA, HEIDI, CLEO, GUS, NOBODY])
}

fn kind() -> impl Strategy<Value = UnitKind> {
    let kinds = [UnitKind::Department, UnitKind::SupportUnit, UnitKind::CustomerOrganization];
    prop::sample::select(kinds.to_vec())
}

fn method() -> impl Strategy<Value = RoutingMethod> {
    let methods = [RoutingMethod::Pull, RoutingMethod::LeastLoaded, RoutingMethod::RoundRobin];
    prop::sample::select(methods.to_vec())
}

fn classes() -> impl Strategy<Value = ClassSet> {
    let classes = vec![ActionClass::Data, ActionClass::Operation];
    prop::sample::subsequence(classes, 0..=2).prop_map(ClassSet::from_iter)
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["x".to_owned(), "X".to_owned(), "y".to_owned()])
}

fn any_event() -> impl Strategy<Value = UnitEvent> {
    prop_oneof![
        kind().prop_map(created),
        person().prop_map(joined),
        person().prop_map(head_appointed),
        person().prop_map(lead_appointed),
        person().prop_map(|person| UnitEvent::Left(Left { person })),
        person().prop_map(|person| UnitEvent::HeadDismissed(HeadDismissed { person })),
        name().prop_map(|name| UnitEvent::Renamed(Renamed { name })),
        method().prop_map(|method| UnitEvent::RoutingChosen(RoutingChosen { method })),
        Just(closed()),
        classes().prop_map(|classes| UnitEvent::BarrierDrawn(BarrierDrawn { classes })),
        Just(UnitEvent::BarrierLifted(BarrierLifted {})),
    ]
}

fn any_command() -> impl Strategy<Value = UnitCommand> {
    let parent = prop::sample::select(vec![None, Some(IT)]);
    prop_oneof![
        (kind(), parent).prop_map(|(kind, parent)| {
            UnitCommand::Create(Create { name: "x".to_owned(), kind, parent })
        }),
        person().prop_map(|person| UnitCommand::Join(Join { person })),
        person().prop_map(|person| UnitCommand::AppointHead(AppointHead { person })),
        person().prop_map(|person| UnitCommand::AppointLead(AppointLead { person })),
        person().prop_map(|person| UnitCommand::Leave(Leave { person })),
        person().prop_map(|person| UnitCommand::DismissHead(DismissHead { person })),
        name().prop_map(|name| UnitCommand::Rename(Rename { name })),
        method().prop_map(|method| UnitCommand::ChooseRouting(ChooseRouting { method })),
        Just(UnitCommand::Close(Close {})),
        classes()
            .prop_map(|classes| { UnitCommand::DrawBarrier(DrawBarrier { unit: DESK, classes }) }),
        Just(UnitCommand::LiftBarrier(LiftBarrier { unit: DESK })),
    ]
}

fn act(unit: &mut Unit, command: &UnitCommand) -> Option<usize> {
    let mut cx = context(ANNA);
    cx.facts = world::facts(&command.needs(unit), cx.doer());
    let events = command.clone().decide(unit, &cx).ok()?;
    let count = events.len();
    events.into_iter().for_each(|event| unit.evolve(event));
    Some(count)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_events_fold_and_an_accepted_command_changes_nothing_the_second_time(
        events in prop::collection::vec(any_event(), 0..12), command in any_command(),
    ) {
        let mut unit = Unit::default();
        events.into_iter().for_each(|event| unit.evolve(event));
        if act(&mut unit, &command).is_some() {
            let after = unit.clone();
            prop_assert_eq!(act(&mut unit, &command).unwrap_or_default(), 0);
            prop_assert_eq!(unit, after);
        }
    }

    #[test]
    fn heads_are_the_units_own_people(commands in prop::collection::vec(any_command(), 0..30)) {
        let mut unit = Unit::default();
        for command in &commands {
            act(&mut unit, command);
        }
        if let Ok(body) = unit.body() {
            prop_assert!(body.heads.is_subset(&body.people));
            prop_assert!(body.lead.is_none() || body.kind == UnitKind::CustomerOrganization);
            prop_assert!(body.people.is_empty() || body.kind.takes_tickets());
            prop_assert!(body.people.is_empty() || !body.closed);
        }
    }
}
