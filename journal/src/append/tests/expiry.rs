//! Answers are kept for 30 days, the import's for good, and forgotten by nobody but the function that says so.

use crate::postgres::connect::ActingAs;
use crate::testing::{World, command, run};

use super::group::of;

async fn remember(world: &World, actor: &str, ages: &str) {
    let statement = format!(
        "insert into journal.commands (actor, command_id, input_hash, outcome, recorded_at)
         select '{actor}', gen_random_uuid(), '', '[]', now() - age from ({ages}) as a (age)"
    );
    run(&mut world.superuser().await, &statement).await.unwrap();
}

#[tokio::test]
async fn what_is_older_than_thirty_days_is_forgotten_in_batches_and_nothing_else() {
    let world = World::new().await;
    world.journal.append(&of(1, 0, Some(command(1, 1)))).await.unwrap();
    remember(&world, "import", "values (interval '31 days')").await;
    remember(&world, "system", "select interval '31 days' from generate_series(1, 4500)").await;
    remember(
        &world,
        "system",
        "values (interval '30 days 1 minute'), (interval '29 days 23 hours')",
    )
    .await;
    assert_eq!(world.journal.expire_commands().await.unwrap(), 4501);
    assert_eq!(world.journal.expire_commands().await.unwrap(), 0);
    assert_eq!(world.number("select count(*) from journal.commands").await, 3);
    assert!(world.journal.answered(&command(1, 1)).await.unwrap().is_some());
}

#[tokio::test]
async fn only_the_application_may_ask_for_it() {
    let world = World::new().await;
    for role in [ActingAs::Sequencer, ActingAs::Keys] {
        let mut conn = world.acting_as(role).await;
        assert!(run(&mut conn, "select journal.expire_commands(1)").await.is_err(), "{role:?}");
    }
    let mut conn = world.acting_as(ActingAs::App).await;
    run(&mut conn, "select journal.expire_commands(1)").await.unwrap();
}
