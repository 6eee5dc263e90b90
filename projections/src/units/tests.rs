//! Facts to rows, and pages of rows.

use domain::unit::{RoutingMethod, UnitKind};

use super::{UnitRow, by_ids, count, page};
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
        created_at: at(1),
        version: 3,
    };
    assert_eq!(found, [expected]);
}

#[tokio::test]
async fn units_are_paged_by_name() {
    let world = World::with_story().await;
    world.project().await;
    let first = page(world.pool(), 1, None).await.unwrap();
    assert_eq!((first[0].name.as_str(), first[0].lead_id), ("Acme", Some(CLIENT)));
    let second = page(world.pool(), 1, Some(first[0].unit_id)).await.unwrap();
    assert_eq!(second[0].unit_id, UNIT);
    assert_eq!(count(world.pool()).await.unwrap(), 2);
}
