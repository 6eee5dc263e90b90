use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use sqlx::Connection;
use tokio::time::sleep;

use super::{ANNA, CLEO, of};
use crate::journal::Journal;
use crate::postgres::connect::{self, ActingAs};
use crate::seal::{Keyring, MasterKey, SealError};
use crate::testing::{World, append, id, opened, registered, run, solved, soon, ticket};

/// Another process, with the master key of this file.
async fn process(world: &World, file: &Path) -> Result<Journal, SealError> {
    let options = world.options();
    let app = connect::pool(&options, ActingAs::App, "journal", 6).await.unwrap();
    let keys = connect::pool(&options, ActingAs::Keys, "vault", 2).await.unwrap();
    let keyring = Keyring::new(keys, MasterKey::read_or_create(file)?);
    keyring.prove().await?;
    Ok(Journal::new(app, keyring, Vec::new()))
}

async fn title(journal: &Journal, stream: u128) -> String {
    let events = journal.stream("ticket", id(stream), 0).await.unwrap();
    let title = &events[0].payload["opened"]["title"];
    title["$personal"]["value"].as_str().unwrap_or("erased").to_owned()
}

async fn open(journal: &Journal, stream: u128, person: domain::kernel::PersonId) {
    append(journal, ticket(stream, 0, vec![opened(person, "title", "x")])).await.unwrap();
}

#[tokio::test]
async fn another_master_key_takes_over_while_everybody_works() {
    let world = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("master.key");
    let (one, two) = (process(&world, &file).await.unwrap(), process(&world, &file).await.unwrap());
    open(&one, 1, ANNA).await;
    assert_eq!(title(&two, 1).await, "title");
    let before = fs::read_to_string(&file).unwrap();

    one.keyring().begin_rotation().await.unwrap();
    let both = fs::read_to_string(&file).unwrap();
    assert_eq!(both.lines().count(), 2);
    assert_eq!(both.lines().last(), Some(before.as_str()));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    one.keyring().begin_rotation().await.unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), both, "twice is once");
    // Drafts of whoever was killed hold the key that goes.
    for draft in ["master.0011223344556677.new", "master.8899aabbccddeeff.new"] {
        fs::write(folder.path().join(draft), &before).unwrap();
    }
    let kept = folder.path().join("master.backup.new");
    fs::write(&kept, "mine").unwrap();
    // Whoever has not heard of it makes nothing under the key that goes.
    open(&two, 2, CLEO).await;
    assert_eq!(one.keyring().finish_rotation().await.unwrap(), 2, "Anna's, and that of claims");

    assert_eq!(fs::read_to_string(&file).unwrap(), both.lines().next().unwrap());
    assert!(kept.exists(), "what is no draft is somebody's");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "no draft stays behind");
    for journal in [&one, &two, &process(&world, &file).await.unwrap()] {
        assert_eq!(
            (title(journal, 1).await, title(journal, 2).await),
            ("title".into(), "title".into())
        );
    }
    let newcomer = domain::kernel::PersonId(id(0xee));
    open(&two, 3, newcomer).await;
    assert_eq!(title(&process(&world, &file).await.unwrap(), 3).await, "title");
    // The one before opens nothing any more.
    fs::write(&file, &before).unwrap();
    let refused = process(&world, &file).await;
    assert!(matches!(refused, Err(SealError::WrongMasterKey)), "{refused:?}");
}

/// Waits until so many sessions of the database wait for somebody.
async fn waiting(world: &World, sessions: i64) {
    let waiting = "select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'";
    soon("they wait", async {
        while world.number(waiting).await < sessions {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_wrapped_and_not_stored_yet_is_waited_for() {
    let newcomer = domain::kernel::PersonId(id(0xee));
    // The rotation begins when the key is wrapped; or it has, on another machine, and finishes then.
    for elsewhere in [false, true] {
        let world = World::new().await;
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = folder.path().join("master.key");
        let one = process(&world, &file).await.unwrap();
        open(&one, 1, ANNA).await;
        let their_file = if elsewhere { other.path().join("master.key") } else { file.clone() };
        if elsewhere {
            fs::copy(&file, &their_file).unwrap();
            one.keyring().begin_rotation().await.unwrap();
        }
        let two = process(&world, &their_file).await.unwrap();
        // It has wrapped the newcomer's key, and cannot store it: somebody may have made one.
        let mut conn = world.superuser().await;
        let mut held_up = conn.begin().await.unwrap();
        let made = format!(
            "insert into vault.subject_keys (key_id, subject, wrapped)
             values (gen_random_uuid(), '{}', '\\x00')",
            of(newcomer)
        );
        run(&mut held_up, &made).await.unwrap();
        let opening = tokio::spawn(async move { open(&two, 2, newcomer).await });
        waiting(&world, 1).await;
        if elsewhere {
            fs::copy(&file, &their_file).unwrap();
        }
        let rotating = tokio::spawn(async move {
            if !elsewhere {
                one.keyring().begin_rotation().await.unwrap();
            }
            one.keyring().finish_rotation().await.unwrap()
        });
        waiting(&world, 2).await;
        held_up.rollback().await.unwrap();
        opening.await.unwrap();
        rotating.await.unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 1);
        let fresh = process(&world, &file).await.unwrap();
        assert_eq!(title(&fresh, 2).await, "title", "elsewhere: {elsewhere}");
    }
}

#[tokio::test]
async fn whoever_was_killed_in_between_goes_on_and_nobody_who_was_erased_comes_back() {
    let world = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("master.key");
    let one = process(&world, &file).await.unwrap();
    open(&one, 1, ANNA).await;
    open(&one, 2, CLEO).await;
    world.erase(&of(ANNA).to_string()).await;
    one.keyring().begin_rotation().await.unwrap();
    // Some were wrapped again, then it was killed.
    let other = process(&world, &file).await.unwrap();
    open(&other, 3, domain::kernel::PersonId(id(0xee))).await;
    other.keyring().begin_rotation().await.unwrap();
    assert_eq!(other.keyring().finish_rotation().await.unwrap(), 2);
    let fresh = process(&world, &file).await.unwrap();
    let titles = (title(&fresh, 1).await, title(&fresh, 2).await, title(&fresh, 3).await);
    assert_eq!(titles, ("erased".into(), "title".into(), "title".into()));
    let again = fresh.keyring().finish_rotation().await.unwrap();
    assert_eq!(again, 0, "nothing is left to do");
}

#[tokio::test]
async fn a_key_that_is_not_this_databases_is_not_rotated_and_makes_nothing() {
    let world = World::new().await;
    world.append(ticket(1, 0, vec![solved(of(CLEO), "x")])).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("master.key");
    let refused = process(&world, &file).await;
    assert!(matches!(refused, Err(SealError::WrongMasterKey)), "{refused:?}");
    let wrong = world.with_master([8; 32]).await;
    let begun = wrong.keyring().begin_rotation().await;
    assert!(matches!(begun, Err(SealError::WrongMasterKey)), "{begun:?}");
    let made = append(&wrong, ticket(2, 0, vec![registered(ANNA, "new")])).await;
    assert!(made.is_err());
    assert_eq!(world.number("select count(*) from vault.subject_keys").await, 2);
}

#[test]
fn a_file_of_more_than_two_keys_or_half_of_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let key = "ab".repeat(32);
    for bad in [format!("{key}\n{key}\n{key}"), format!("{key}\nab"), format!("{key} {key}")] {
        fs::write(&path, &bad).unwrap();
        let refused = MasterKey::read_or_create(&path);
        assert!(matches!(refused, Err(SealError::BadMasterFile)), "{bad}");
    }
    fs::write(&path, format!("{key}\n{}\n", "cd".repeat(32))).unwrap();
    assert!(MasterKey::read_or_create(&path).is_ok());
}
