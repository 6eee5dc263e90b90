use domain::kernel::PersonId;

use super::{ANNA, CLEO, Ledger, entry, is_erased, is_refused, ledger, row, told};
use crate::erasure::ErasureError;
use crate::seal::SealError;
use crate::testing::{Server, World, id, run};

/// Anna is erased, and then the database is as it was before, with this done to it.
async fn restored(and: &str) -> (World, Ledger, tempfile::TempDir) {
    let world = World::new().await;
    told(&world).await;
    let (ledger, folder) = ledger();
    let copy = "create table public.before as select * from vault.subject_keys";
    run(&mut world.superuser().await, copy).await.unwrap();
    world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    let back = "alter table vault.subject_keys disable trigger user;
         delete from vault.subject_keys;
         insert into vault.subject_keys select * from public.before;";
    let enable = "alter table vault.subject_keys enable always trigger subject_keys_tombstones;
         alter table vault.subject_keys enable always trigger subject_keys_stay";
    world.tamper(&format!("{back} {and} {enable}")).await;
    (world, ledger, folder)
}

#[tokio::test]
async fn a_database_from_before_is_not_opened_until_the_keys_are_destroyed_again() {
    let (world, ledger, _folder) = restored("").await;
    let journal = world.another().await;
    let refused = ledger.guard(journal.keyring()).await;
    assert!(matches!(refused, Err(ErasureError::Restored(1))), "{refused:?}");
    // Only said: nothing was changed.
    assert!(row(&mut world.superuser().await, ANNA).await.unwrap().2);
    let (key_id, ..) = row(&mut world.superuser().await, ANNA).await.unwrap();
    let again = ledger.replay(journal.keyring()).await.unwrap();
    assert_eq!(again, [entry(key_id, ANNA)].into());
    assert!(is_erased(&journal).await && is_refused(&journal, 7).await);
    ledger.guard(journal.keyring()).await.unwrap();
    assert!(ledger.replay(journal.keyring()).await.unwrap().is_empty(), "there is nothing to do");
    assert!(row(&mut world.superuser().await, CLEO).await.unwrap().2, "nobody else is erased");
}

#[tokio::test]
async fn whom_the_database_has_another_key_for_or_none_is_erased_all_the_same() {
    let other =
        "update vault.subject_keys set key_id = gen_random_uuid() where subject like 'person:%';";
    let none = "delete from vault.subject_keys where subject like 'person:%';";
    for and in [other, none] {
        let (world, ledger, _folder) = restored(and).await;
        let journal = world.another().await;
        let refused = ledger.guard(journal.keyring()).await;
        assert!(matches!(refused, Err(ErasureError::Restored(1))), "{and} {refused:?}");
        ledger.replay(journal.keyring()).await.unwrap();
        ledger.guard(journal.keyring()).await.unwrap();
        assert!(is_refused(&journal, 7).await);
        assert!(!row(&mut world.superuser().await, ANNA).await.unwrap().2);
    }
}

#[tokio::test]
async fn a_second_servers_ledger_or_one_that_was_lost_is_filled_from_the_database() {
    let world = World::new().await;
    told(&world).await;
    let (first, _folder) = ledger();
    world.journal.keyring().destroy(ANNA, &first).await.unwrap();
    let (second, _other) = ledger();
    second.guard(world.another().await.keyring()).await.unwrap();
    assert_eq!(second.entries().unwrap(), first.entries().unwrap());
    assert_eq!(second.entries().unwrap().len(), 1);
}

#[tokio::test]
async fn a_second_servers_ledger_hears_of_what_is_destroyed_while_it_runs() {
    let world = World::new().await;
    told(&world).await;
    let ((first, _folder), (second, _other)) = (ledger(), ledger());
    let elsewhere = world.another().await;
    second.guard(elsewhere.keyring()).await.unwrap();
    let seen = second.follow(elsewhere.keyring(), 0).await.unwrap();
    assert!(second.entries().unwrap().is_empty());
    world.journal.keyring().destroy(ANNA, &first).await.unwrap();
    let moved = second.follow(elsewhere.keyring(), seen).await.unwrap();
    assert!(moved > seen);
    assert_eq!(second.entries().unwrap(), first.entries().unwrap());
    // Nobody has, since: it is not even looked at.
    std::fs::remove_file(second.path()).unwrap();
    assert_eq!(second.follow(elsewhere.keyring(), moved).await.unwrap(), moved);
    assert!(second.entries().unwrap().is_empty());
}

#[tokio::test]
async fn a_start_does_not_go_on_with_another_databases_key() {
    let world = World::new().await;
    told(&world).await;
    let (ledger, _folder) = ledger();
    ledger.guard(world.journal.keyring()).await.unwrap();
    let refused = ledger.guard(world.with_master([8; 32]).await.keyring()).await;
    let wrong = matches!(refused, Err(ErasureError::Seal(SealError::WrongMasterKey)));
    assert!(wrong, "{refused:?}");
}

#[tokio::test]
async fn a_start_does_not_go_on_past_a_ledger_that_cannot_be_read() {
    let world = World::new().await;
    let (ledger, folder) = ledger();
    std::fs::create_dir(folder.path().join("log")).unwrap();
    std::fs::write(ledger.path(), "nonsense\n").unwrap();
    let refused = ledger.guard(world.journal.keyring()).await;
    assert!(matches!(refused, Err(ErasureError::Ledger(_))), "{refused:?}");
}

#[tokio::test]
async fn a_real_dump_from_before_does_not_bring_anybody_back() {
    let server = Server::start().await;
    let world = World::on(server.migrated("annals").await).await;
    told(&world).await;
    let dump = tempfile::NamedTempFile::new().unwrap();
    let file = dump.path().to_str().unwrap();
    if server.program("pg_dump", &["-Fc", "-f", file, "annals"]).is_none() {
        drop(world);
        return server.end().await;
    }
    let (ledger, _folder) = ledger();
    world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    // Somebody who was not there when it was dumped.
    let newcomer = PersonId(id(0xdd));
    world.journal.keyring().destroy(newcomer, &ledger).await.unwrap();
    let options = server.empty("restored").await;
    server.program("pg_restore", &["-d", "restored", file]).unwrap();
    let old = World::on(options).await;
    let keys = old.journal.keyring();
    let refused = ledger.guard(keys).await;
    assert!(matches!(refused, Err(ErasureError::Restored(2))), "{refused:?}");
    let again = ledger.replay(keys).await.unwrap();
    assert_eq!(again.len(), 2);
    ledger.guard(keys).await.unwrap();
    assert!(is_erased(&old.journal).await && is_refused(&old.journal, 7).await);
    assert_eq!(old.check().await.tampering, None);
    drop((world, old));
    server.end().await;
}
