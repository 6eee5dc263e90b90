//! A database from before an erasure is not opened; after the procedure of the handbook nobody is back.

use testbed::World;

use super::marked::{NORAS, nora, planted};
use super::{approved, certified, dump, hits};
use crate::desk::{Desk, own_id};

/// Runs statements on the cluster's own database.
async fn on_the_cluster(world: &World, sql: &str) {
    use sqlx::{ConnectOptions, Connection, Executor};
    let options = world.options().database("postgres");
    let mut database = options.connect().await.unwrap();
    database.execute(sql).await.unwrap();
    database.close().await.unwrap();
}

#[tokio::test]
async fn t29_a_restored_backup_brings_nobody_back() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let desk = Desk::signed_in(stranger.clone()).await;
    let nora = nora(&stranger, &desk).await;
    let her = own_id(&nora).await;
    planted(&desk, &nora).await;
    // The backup: nobody may be connected to what is copied.
    assert_eq!(world.take_server().stop("TERM"), 0);
    let live = world.options().get_database().unwrap().to_owned();
    let backup = format!("{live}_backup");
    on_the_cluster(&world, &format!("create database {backup} template {live}")).await;

    let desk = Desk::signed_in(world.serve()).await;
    let id = approved(&desk, &her).await;
    certified(&desk.director, &id).await;
    assert_eq!(world.take_server().stop("TERM"), 0);
    let restored = world.options().database(&backup);
    assert!(hits(&dump(&restored).await, &NORAS).len() >= 20, "it is all in the backup");

    let refused = world.run_on(&backup, "annals", &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(refused.stderr.contains("annals replay-erasures"), "{}", refused.stderr);
    let refused = world.run_on(&backup, "replay", &["stats"]);
    assert_ne!(refused.code, 0, "{}", refused.stdout);
    let erased = world.run_on(&backup, "annals", &["replay-erasures"]);
    assert_eq!(erased.code, 0, "{}", erased.stderr);
    assert!(erased.stdout.starts_with("1 keys destroyed again"), "{}", erased.stdout);
    assert_eq!(hits(&dump(&restored).await, &NORAS), Vec::<&str>::new());
    let again = world.run_on(&backup, "annals", &["replay-erasures"]);
    assert_eq!((again.code, again.stdout.contains("nothing")), (0, true), "{}", again.stdout);
    let rebuilt = world.run_on(&backup, "replay", &["rebuild", "all"]);
    assert_eq!(rebuilt.code, 0, "{}\n{}", rebuilt.stdout, rebuilt.stderr);
    assert_eq!(hits(&dump(&restored).await, &NORAS), Vec::<&str>::new());
    on_the_cluster(&world, &format!("drop database {backup} with (force)")).await;
}
