use std::collections::BTreeSet;

use super::{ANNA, CLEO, entry, is_erased, is_refused, ledger, of, row, told};
use crate::erasure::{Fence, NOTICED_WITHIN, rewrite_keys};
use crate::postgres::connect::ActingAs;
use crate::testing::{Server, World, append, id, number, run, solved, soon, ticket};
use sqlx::Connection;
use tokio::time::sleep;

#[tokio::test]
async fn it_binds_at_once_here_and_within_a_second_everywhere() {
    let world = World::new().await;
    told(&world).await;
    let (ledger, _folder) = ledger();
    let elsewhere = world.another().await;
    assert!(!is_erased(&world.journal).await && !is_erased(&elsewhere).await);
    world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    assert!(is_erased(&world.journal).await && is_refused(&world.journal, 7).await);
    // However slow this test is: nobody trusts what they asked for so long ago.
    sleep(NOTICED_WITHIN).await;
    assert!(is_erased(&elsewhere).await);
    assert!(is_refused(&elsewhere, 8).await);
}

#[tokio::test]
async fn others_in_the_same_stream_stay_readable_and_the_proof_stays_the_same() {
    let world = World::new().await;
    told(&world).await;
    let before = world.check().await;
    let (ledger, _folder) = ledger();
    world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    let after = world.check().await;
    assert_eq!((after.tampering.clone(), after.size, after.root), (None, before.size, before.root));
    let journal = world.another().await;
    assert!(is_erased(&journal).await);
    let events = journal.stream("ticket", id(1), 0).await.unwrap();
    let solution = &events[1].payload["resolved"]["solution"]["$personal"]["value"];
    assert_eq!(solution, "solution");
    append(&journal, ticket(1, 2, vec![solved(of(CLEO), "x")])).await.unwrap();
}

#[tokio::test]
async fn twice_is_once() {
    let world = World::new().await;
    told(&world).await;
    let (ledger, _folder) = ledger();
    let keys = world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    let moved = world.number("select moved from vault.destructions").await;
    for journal in [world.journal.clone(), world.another().await] {
        assert_eq!(journal.keyring().destroy(ANNA, &ledger).await.unwrap(), keys);
    }
    assert_eq!(world.number("select moved from vault.destructions").await, moved);
    let (key_id, ..) = row(&mut world.superuser().await, ANNA).await.unwrap();
    assert_eq!(keys, BTreeSet::from([key_id]));
    assert_eq!(ledger.entries().unwrap(), [entry(key_id, ANNA)].into());
}

#[tokio::test]
async fn of_whom_no_key_was_made_none_ever_is() {
    let world = World::new().await;
    told(&world).await;
    let (ledger, _folder) = ledger();
    let nobody = domain::kernel::PersonId(id(0xee));
    let keys = world.journal.keyring().destroy(nobody, &ledger).await.unwrap();
    assert_eq!(keys.len(), 1);
    for journal in [world.journal.clone(), world.another().await] {
        let said = solved(of(nobody), "x");
        assert!(append(&journal, ticket(1, 2, vec![said])).await.is_err());
        assert_eq!(journal.keyring().destroy(nobody, &ledger).await.unwrap(), keys);
    }
}

#[tokio::test]
async fn a_tombstone_stays_whoever_comes() {
    let world = World::new().await;
    told(&world).await;
    let (ledger, _folder) = ledger();
    world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    let changes = [
        "update vault.subject_keys set wrapped = '\\x00', destroyed_at = null where wrapped is null",
        "update vault.subject_keys set destroyed_at = now() where wrapped is null",
        "update vault.subject_keys set doomed_at = null where wrapped is null",
        "update vault.subject_keys set subject = 'person:x' where wrapped is null",
        "update vault.subject_keys set key_id = gen_random_uuid() where wrapped is not null",
        "delete from vault.subject_keys",
        "truncate vault.subject_keys",
    ];
    for conn in [&mut world.acting_as(ActingAs::Keys).await, &mut world.superuser().await] {
        for change in changes {
            let error = run(conn, change).await.unwrap_err();
            let code = error.as_database_error().and_then(|error| error.code().map(String::from));
            assert_eq!(code.as_deref(), Some("42501"), "{change}");
        }
        let another = format!(
            "insert into vault.subject_keys (key_id, subject, wrapped)
             values (gen_random_uuid(), '{}', '\\x00')",
            of(ANNA)
        );
        assert!(run(conn, &another).await.is_err());
    }
    assert!(is_refused(&world.another().await, 7).await);
}

#[tokio::test]
async fn whoever_was_killed_after_the_first_or_the_second_step_is_finished_at_the_next_start() {
    for written in [false, true] {
        let world = World::new().await;
        told(&world).await;
        let (ledger, _folder) = ledger();
        let mut conn = world.superuser().await;
        let (key_id, ..) = row(&mut conn, ANNA).await.unwrap();
        let doom = format!(
            "update vault.subject_keys set doomed_at = now() where subject = '{}'",
            of(ANNA)
        );
        run(&mut conn, &doom).await.unwrap();
        if written {
            ledger.add(&[entry(key_id, ANNA)].into()).unwrap();
        }
        // Nobody reads it any more, though it is still there.
        let journal = world.another().await;
        assert!(is_erased(&journal).await && is_refused(&journal, 7).await);
        assert_eq!(row(&mut conn, ANNA).await, Some((key_id, true, true)));
        ledger.guard(journal.keyring()).await.unwrap();
        assert_eq!(row(&mut conn, ANNA).await, Some((key_id, true, false)));
        assert_eq!(ledger.entries().unwrap(), [entry(key_id, ANNA)].into());
    }
}

#[tokio::test]
async fn nothing_of_it_is_left_in_the_tables_file() {
    let world = World::new().await;
    told(&world).await;
    let mut conn = world.superuser().await;
    let keys = format!(
        "create table public.before as select wrapped from vault.subject_keys
                        where subject = '{}'",
        of(ANNA)
    );
    run(&mut conn, &keys).await.unwrap();
    let (ledger, _folder) = ledger();
    world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    let found = "select count(*) from public.before
        where position(wrapped in pg_read_binary_file(pg_relation_filepath('vault.subject_keys'))) > 0";
    run(&mut conn, "checkpoint").await.unwrap();
    assert_eq!(world.number(found).await, 1, "the row was");
    rewritten(&world).await;
    run(&mut conn, "checkpoint").await.unwrap();
    assert_eq!(world.number(found).await, 0);
    assert!(is_erased(&world.another().await).await);
    // Still there for everybody who may.
    append(&world.journal, ticket(1, 2, vec![solved(of(CLEO), "x")])).await.unwrap();
}

/// Waits for whoever writes in other databases of the server, too.
async fn rewritten(world: &World) {
    let destroyed = Fence::now(&world.journal).await.unwrap();
    soon("nobody sees it any more", async {
        while !rewrite_keys(&world.options(), &destroyed).await.unwrap() {
            sleep(NOTICED_WITHIN / 50).await;
        }
    })
    .await;
}

#[tokio::test]
async fn while_somebody_may_still_see_the_key_its_table_is_not_written_anew() {
    // Alone on the server: other tests' transactions hold it up as well.
    let server = Server::start().await;
    let world = World::on(server.migrated("annals").await).await;
    told(&world).await;
    let (ledger, _folder) = ledger();
    let mut reader = world.superuser().await;
    // Not of that table: whoever has read it holds it, too.
    let snapshot = "begin isolation level repeatable read read only; select from journal.log";
    run(&mut reader, snapshot).await.unwrap();
    world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    let destroyed = Fence::now(&world.journal).await.unwrap();
    let owner = world.options();
    assert!(!rewrite_keys(&owner, &destroyed).await.unwrap());
    let keys = "select count(*) from vault.subject_keys where subject like 'person:%' and wrapped is not null";
    assert_eq!(number(&mut reader, keys).await, 2, "it is seen still");
    run(&mut reader, "commit").await.unwrap();
    // Whoever began to read afterwards sees it gone, and holds up nobody.
    run(&mut reader, snapshot).await.unwrap();
    assert!(rewrite_keys(&owner, &destroyed).await.unwrap());
    assert_eq!(number(&mut reader, keys).await, 1);
    run(&mut reader, "commit").await.unwrap();
    // Whoever has the table is not waited for long.
    run(&mut reader, "begin; lock vault.subject_keys in share mode").await.unwrap();
    assert!(!rewrite_keys(&owner, &destroyed).await.unwrap());
    reader.close().await.unwrap();
    drop(world);
    server.end().await;
}

#[tokio::test]
async fn nothing_is_destroyed_that_could_not_be_written_down() {
    let world = World::new().await;
    told(&world).await;
    let (ledger, folder) = ledger();
    // A file where the folder should be.
    std::fs::write(folder.path().join("log"), "").unwrap();
    assert!(world.journal.keyring().destroy(ANNA, &ledger).await.is_err());
    let mut conn = world.superuser().await;
    let (_, doomed, lives) = row(&mut conn, ANNA).await.unwrap();
    assert!(doomed && lives);
    std::fs::remove_file(folder.path().join("log")).unwrap();
    world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    assert!(!row(&mut conn, ANNA).await.unwrap().2);
}
