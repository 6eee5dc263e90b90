//! Open tickets under plans, page by page.

use domain::kernel::TicketId;
use uuid::Uuid;

use crate::testing::World;
use crate::testing::sla::{JUDGED, MEASURED, PLAN};
use crate::tickets::measured::measured;

const FIRST: TicketId = TicketId(Uuid::nil());

#[tokio::test]
async fn open_tickets_under_plans_are_walked_with_the_terms_said_last() {
    let world = World::with_clocks().await;
    let (all, last) = measured(world.pool(), FIRST, 10).await.unwrap();
    let found: Vec<_> = all.iter().map(|it| (it.ticket, it.terms.plan, it.version)).collect();
    assert_eq!(found, [(MEASURED, PLAN, 7), (JUDGED, PLAN, 5)], "not the ones without a plan");
    assert_eq!(all[0].terms.deadline.limit_seconds, 7_200, "the later ones");
    assert_eq!(last, Some(JUDGED));
    let (page, last) = measured(world.pool(), FIRST, 1).await.unwrap();
    assert_eq!((page.as_slice(), last), (&all[..1], Some(MEASURED)));
    let (page, last) = measured(world.pool(), MEASURED, 1).await.unwrap();
    assert_eq!((page.as_slice(), last), (&all[1..], Some(JUDGED)));
    assert_eq!(measured(world.pool(), JUDGED, 1).await.unwrap(), (vec![], None));
}
