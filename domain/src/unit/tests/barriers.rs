//! U11 to U13

use super::{closed, created};
use crate::access::known::AccessFacts;
use crate::access::model::{ActionClass, ClassSet, Grant, Granted, Scope, ScopePath, ScopeTree};
use crate::kernel::GrantId;
use crate::kernel::testing::access::{AGENT, LEAD, directly, facts, grant, holding, ruled};
use crate::kernel::testing::world::{ANNA, DESK, IT};
use crate::kernel::testing::{self, Given};
use crate::unit::command::{DrawBarrier, LiftBarrier};
use crate::unit::event::{BarrierDrawn, BarrierLifted};
use crate::unit::{UnitCommand, UnitEvent, UnitKind, UnitRefusal};

const KEEPER: GrantId = GrantId(uuid::Uuid::from_u128(0x77));

fn draw(classes: ClassSet) -> UnitCommand {
    UnitCommand::DrawBarrier(DrawBarrier { unit: DESK, classes })
}

fn lift() -> UnitCommand {
    UnitCommand::LiftBarrier(LiftBarrier { unit: DESK })
}

fn drawn(classes: ClassSet) -> UnitEvent {
    UnitEvent::BarrierDrawn(BarrierDrawn { classes })
}

fn only(class: ActionClass) -> ClassSet {
    [class].into_iter().collect()
}

fn desk() -> ScopePath {
    ScopePath::of_units(&[IT, DESK]).unwrap()
}

/// The desk lies in the department, with this barrier; Anna holds this, and somebody keeps access there.
fn known(barrier: ClassSet, held: impl IntoIterator<Item = Grant>) -> AccessFacts {
    let tree: ScopeTree =
        [(ScopePath::of_units(&[IT]).unwrap(), ClassSet::NONE), (desk(), barrier)]
            .into_iter()
            .collect();
    let access = ruled(holding([]), |rules| rules.tree = tree);
    let behind = [(DESK, [KEEPER].into())].into();
    AccessFacts { held: held.into_iter().collect(), behind, ..access }
}

fn given(access: AccessFacts, events: impl IntoIterator<Item = UnitEvent>) -> Given<UnitCommand> {
    let all = [created(UnitKind::SupportUnit)].into_iter().chain(events);
    testing::given(all).by(ANNA).knowing(facts(access))
}

fn agent(scope: Scope) -> Grant {
    grant(Granted::Role(AGENT), scope)
}

#[test]
fn u11_it_is_said_as_a_whole_and_lifted_as_a_whole() {
    let known = |barrier| known(barrier, []);
    let (data, all) = (only(ActionClass::Data), ClassSet::ALL);
    given(known(ClassSet::NONE), []).when(draw(ClassSet::NONE)).refused(UnitRefusal::BarrierUnfit);
    let unit = given(known(ClassSet::NONE), []).when(draw(data)).then([drawn(data)]).state();
    assert_eq!(unit.body().unwrap().barrier, data);
    given(known(data), [drawn(data)]).when(draw(data)).nothing();
    let unit = given(known(data), [drawn(data)]).when(draw(all)).then([drawn(all)]).state();
    assert_eq!(unit.body().unwrap().barrier, all);
    let lifted = UnitEvent::BarrierLifted(BarrierLifted {});
    let unit = given(known(all), [drawn(all)]).when(lift()).then([lifted]).state();
    assert_eq!(unit.body().unwrap().barrier, ClassSet::NONE);
    given(known(ClassSet::NONE), []).when(lift()).nothing();
}

#[test]
fn u11_it_is_drawn_at_an_open_unit_and_lifted_at_any() {
    super::needs_an_open_unit(draw(ClassSet::ALL));
    testing::given([]).by(ANNA).when(lift()).refused(UnitRefusal::NotFound);
    let history = [drawn(ClassSet::ALL), closed()];
    given(known(ClassSet::ALL, []), history)
        .when(lift())
        .then([UnitEvent::BarrierLifted(BarrierLifted {})]);
}

#[test]
fn u12_somebody_is_left_who_may_give_access_behind_it() {
    let alone = || AccessFacts { behind: Default::default(), ..known(ClassSet::NONE, []) };
    let nobody = AccessFacts { behind: [(DESK, Default::default())].into(), ..alone() };
    for access in [alone(), nobody] {
        for classes in [ClassSet::ALL, only(ActionClass::Operation)] {
            given(access.clone(), []).when(draw(classes)).refused(UnitRefusal::NobodyLeft);
        }
        // Who gives access from above still does.
        given(access, []).when(draw(only(ActionClass::Data))).acts();
    }
    given(known(ClassSet::NONE, []), []).when(draw(ClassSet::ALL)).acts();
}

#[test]
fn u13_nobody_takes_away_what_keeps_something_from_them() {
    let all = ClassSet::ALL;
    let bound = |held: Vec<Grant>| {
        let given = given(known(all, held), [drawn(all)]);
        given.when(lift())
    };
    let refused = |action: &str| UnitRefusal::BarrierBindsActor { action: action.parse().unwrap() };
    let above = || agent(Scope::Everywhere);
    let department = Scope::Node(ScopePath::of_units(&[IT]).unwrap());
    let there = |it: Grant| Grant { scope: Scope::Node(desk()), ..it };
    bound(vec![above()]).refused(refused("ticket.pend"));
    bound(vec![agent(department)]).refused(refused("ticket.pend"));
    // Nothing comes of it to whoever has the same there, or past barriers.
    bound(vec![above(), there(above())]).acts();
    bound(vec![above(), Grant { pierces: true, ..above() }]).acts();
    let lead = grant(Granted::Role(LEAD), Scope::Everywhere);
    bound(vec![lead, there(above())]).refused(refused("ticket.assign"));
    bound(vec![grant(directly(["unit.draw_barrier"]), Scope::Everywhere)]).acts();
}

#[test]
fn u13_a_narrower_one_is_partly_lifted() {
    let (all, data) = (ClassSet::ALL, only(ActionClass::Data));
    let known = || known(all, [agent(Scope::Everywhere)]);
    given(known(), [drawn(all)])
        .when(draw(only(ActionClass::Operation)))
        .refused(UnitRefusal::BarrierBindsActor { action: "ticket.read".parse().unwrap() });
    given(known(), [drawn(all)])
        .when(draw(data))
        .refused(UnitRefusal::BarrierBindsActor { action: "ticket.pend".parse().unwrap() });
    // Another account of the same human would have it as well.
    let elsewhere = AccessFacts { held: Vec::new(), held_elsewhere: known().held, ..known() };
    given(elsewhere, [drawn(all)])
        .when(lift())
        .refused(UnitRefusal::BarrierBindsActor { action: "ticket.pend".parse().unwrap() });
}
