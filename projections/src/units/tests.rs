//! Facts to rows, and pages of rows.

use domain::access::model::ClassSet;
use domain::unit::{RoutingMethod, UnitKind};

use super::{UnitFilter, UnitRow, by_ids, count, of_people, page};
use crate::testing::{AGENT, CLIENT, UNIT, World, at};

#[tokio::test]
async fn a_row_says_who_belongs_to_the_unit() {
    let world = World::with_story().await;
    world.project().await;
    let found = by_ids(world.pool(), &[UNIT]).await.unwrap();
    let expected = UnitRow {
        unit_id: UNIT,
        name: "Network".to_owned(),
        kind: UnitKind::SupportUnit,
        parent_id: None,
        people_ids: vec![AGENT],
        head_ids: vec![AGENT],
        lead_id: None,
        routing: RoutingMethod::Pull,
        closed: false,
        barrier: ClassSet::NONE,
        created_at: at(1),
        version: 3,
    };
    assert_eq!(found, [expected]);
}

#[tokio::test]
async fn units_are_paged_by_name() {
    let world = World::with_story().await;
    world.project().await;
    let first = page(world.pool(), &UnitFilter::default(), 1, None).await.unwrap();
    assert_eq!((first[0].name.as_str(), first[0].lead_id), ("Acme", Some(CLIENT)));
    let second =
        page(world.pool(), &UnitFilter::default(), 1, Some(first[0].unit_id)).await.unwrap();
    assert_eq!(second[0].unit_id, UNIT);
    assert_eq!(count(world.pool(), &UnitFilter::default()).await.unwrap(), 2);
}

#[tokio::test]
async fn units_are_found_by_a_part_of_their_name_and_by_their_people() {
    let world = World::with_story().await;
    world.project().await;
    let found = async |filter: UnitFilter| {
        let rows = page(world.pool(), &filter, 10, None).await.unwrap();
        let counted = count(world.pool(), &filter).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), rows.len());
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    let search = |text: &str| UnitFilter { search: Some(text.to_owned()), ..Default::default() };
    assert_eq!(found(search(" NETW")).await, ["Network"]);
    assert_eq!(found(search("%")).await, [""; 0]);
    assert_eq!(found(search("\0")).await, [""; 0]);
    let kind = Some(UnitKind::CustomerOrganization);
    assert_eq!(found(UnitFilter { kind, ..Default::default() }).await, ["Acme"]);
    let closed = Some(true);
    assert_eq!(found(UnitFilter { closed, ..Default::default() }).await, [""; 0]);
    let pairs = of_people(world.pool(), &[AGENT, CLIENT]).await.unwrap();
    let pairs: Vec<_> = pairs.iter().map(|(person, unit)| (*person, unit.unit_id)).collect();
    assert_eq!(pairs, [(AGENT, UNIT)]);
}

#[tokio::test]
async fn a_row_follows_the_unit_s_life() {
    let world = World::with_desk().await;
    let found = by_ids(world.pool(), &[UNIT]).await.unwrap();
    let expected = UnitRow {
        name: "Networks".to_owned(),
        people_ids: Vec::new(),
        head_ids: Vec::new(),
        routing: RoutingMethod::RoundRobin,
        closed: true,
        version: 10,
        ..found[0].clone()
    };
    assert_eq!(found, [expected]);
}
