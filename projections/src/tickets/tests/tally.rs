//! Counts by values, and of several lists.

use crate::error::ReadError;
use crate::testing::{AGENT, UNIT, World};
use crate::tickets::{
    Compare, Facet, FacetCount, Operand, Scope, Search, TicketField, TicketFilter, counts, facets,
};

#[tokio::test]
async fn lists_are_counted_by_their_values() {
    let world = World::with_desk().await;
    let fields = [Facet::State, Facet::Priority, Facet::Unit, Facet::Holder, Facet::Tag];
    let found = facets(world.pool(), &Scope::All, (None, None), &fields).await.unwrap();
    let unit = UNIT.to_string();
    let expected: Vec<(Facet, Vec<FacetCount>)> = vec![
        (
            Facet::State,
            counted(&[(Some("CLOSED"), 2), (Some("RESOLVED"), 2), (Some("CANCELLED"), 1)]),
        ),
        (Facet::Priority, counted(&[(Some("NORMAL"), 4), (Some("HIGH"), 1)])),
        (Facet::Unit, counted(&[(Some(&unit), 3), (None, 2)])),
        (Facet::Holder, counted(&[(None, 5)])),
        (Facet::Tag, counted(&[(Some("outage"), 1)])),
    ];
    // Values as frequent as each other stand by name.
    assert_eq!(found[1..], expected[1..]);
    assert_eq!(found[0].1.iter().map(|one| one.count).sum::<i64>(), 5);
}

#[tokio::test]
async fn only_what_the_list_holds_is_counted() {
    let world = World::with_desk().await;
    let tagged = TicketFilter::Is(TicketField::Tag, Compare::IsNull(false));
    let search = Search { text: "line".to_owned(), internal: false };
    let which = (Some(&tagged), Some(&search));
    let found = facets(world.pool(), &Scope::All, which, &[Facet::Kind]).await.unwrap();
    assert_eq!(found, [(Facet::Kind, counted(&[(Some("SERVICE_REQUEST"), 1)]))]);
    let found = facets(world.pool(), &Scope::None, which, &[Facet::Subject]).await.unwrap();
    assert_eq!(found, [(Facet::Subject, Vec::new())]);
    assert!(facets(world.pool(), &Scope::All, which, &[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn many_lists_are_counted_at_once() {
    let world = World::with_desk().await;
    let is = |field, compare| TicketFilter::Is(field, compare);
    let lists = [
        (Scope::All, TicketFilter::And(Vec::new())),
        (Scope::None, TicketFilter::And(Vec::new())),
        (super::own(AGENT), is(TicketField::UnitId, Compare::Eq(Operand::Id(UNIT.0)))),
        (Scope::All, is(TicketField::ParentId, Compare::IsNull(true))),
        (Scope::All, is(TicketField::Tier, Compare::Gt(Operand::Number(1)))),
        (Scope::All, is(TicketField::MergedIntoId, Compare::IsNull(false))),
    ];
    assert_eq!(counts(world.pool(), &lists).await.unwrap(), [5, 0, 3, 4, 1, 1]);
    assert!(counts(world.pool(), &[]).await.unwrap().is_empty());
    let bad = [(Scope::All, is(TicketField::Tag, Compare::Gt(Operand::Text("a".to_owned()))))];
    assert!(matches!(counts(world.pool(), &bad).await, Err(ReadError::BadFilter(_))));
}

fn counted(values: &[(Option<&str>, i64)]) -> Vec<FacetCount> {
    values
        .iter()
        .map(|(value, count)| FacetCount { value: value.map(str::to_owned), count: *count })
        .collect()
}
