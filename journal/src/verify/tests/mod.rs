//! Verify: a sound log is sound, and whatever is changed is named.

mod edits;
mod findings;
mod resumed;
mod signed;
mod sound;
mod threats;

use crate::testing::{World, because, id, opened, registered, stopped, ticket};
use domain::kernel::{DataSubject, PersonId};

/// Seven events in three streams: 1 and 2 of ticket 1, 3 to 5 of ticket 2, 6 of a person, 7 of
/// ticket 1 again.
async fn seven() -> World {
    let world = World::new().await;
    let cleo = PersonId(id(3));
    let reason = because(stopped(2), DataSubject::Deployment, "reason");
    world.append(ticket(1, 0, vec![opened(cleo, "title", "story"), reason])).await.unwrap();
    world.append(ticket(2, 0, vec![stopped(3), stopped(4), stopped(5)])).await.unwrap();
    let mut person = ticket(3, 0, vec![registered(cleo, "cleo")]);
    person.aggregate_type = "person";
    world.append(person).await.unwrap();
    world.append(ticket(1, 2, vec![stopped(7)])).await.unwrap();
    world.settle().await;
    world
}
