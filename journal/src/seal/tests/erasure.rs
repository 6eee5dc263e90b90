use domain::Fact;
use domain::kernel::Personal;
use domain::ticket::{Ticket, TicketEvent};

use super::{ANNA, CLEO, of};
use crate::append::AppendError;
use crate::error::JournalError;
use crate::seal::SealError;
use crate::testing::{World, append, because, id, opened, registered, solved, stopped, ticket};

/// One ticket of Anna's with words of Cleo's, Anna erased since; and a fresh process.
async fn erased() -> (World, crate::Journal) {
    let world = World::new().await;
    let events = vec![
        because(opened(ANNA, "title", "story"), of(ANNA), "reason"),
        because(solved(of(CLEO), "solution"), of(CLEO), "other reason"),
    ];
    world.append(ticket(1, 0, events)).await.unwrap();
    world.settle().await;
    world.erase(&of(ANNA).to_string()).await;
    let journal = world.another().await;
    (world, journal)
}

#[tokio::test]
async fn what_an_erased_subject_said_reads_as_erased_and_the_rest_as_before() {
    let (_world, journal) = erased().await;
    let events = journal.stream("ticket", id(1), 0).await.unwrap();
    let Fact::Ticket(_, TicketEvent::Opened(opened)) = events[0].fact().unwrap() else { panic!() };
    assert_eq!((opened.title, opened.description), (Personal::Erased, Some(Personal::Erased)));
    assert_eq!(opened.number, "INC-1");
    assert_eq!(events[0].meta.reason, Some(Personal::Erased));
    let Fact::Ticket(_, TicketEvent::Resolved(resolved)) = events[1].fact().unwrap() else {
        panic!()
    };
    assert_eq!(resolved.solution, Some(Personal::of(of(CLEO), "solution".to_owned())));
    let reason = Personal::of(of(CLEO), "other reason".to_owned());
    assert_eq!(events[1].meta.reason, Some(reason));
    assert_eq!(journal.load::<Ticket>(id(1)).await.unwrap().version, 2);
}

#[tokio::test]
async fn erasure_leaves_the_proof_of_the_history_whole() {
    let (world, _) = erased().await;
    let report = world.check().await;
    assert_eq!((report.size, report.tampering), (2, None));
}

#[tokio::test]
async fn nothing_new_is_sealed_for_an_erased_subject() {
    let (world, journal) = erased().await;
    let said = [solved(of(ANNA), "more"), because(stopped(1), of(ANNA), "more")];
    for event in said {
        let refused = append(&journal, ticket(1, 2, vec![event])).await;
        let Err(AppendError::Journal(JournalError::Seal(SealError::Erased))) = refused else {
            panic!("{refused:?}");
        };
    }
    // Others, and events without words, go on.
    append(&journal, ticket(1, 2, vec![stopped(1), solved(of(CLEO), "x")])).await.unwrap();
    assert_eq!(world.number("select count(*) from journal.events").await, 4);
}

#[tokio::test]
async fn a_wrong_wrapping_key_opens_nothing_and_makes_no_key() {
    let (world, _) = erased().await;
    let query = "select count(*) from vault.subject_keys";
    let keys = world.number(query).await;
    let wrong = world.with_master([8; 32]).await;
    let read = wrong.stream("ticket", id(1), 0).await;
    assert!(matches!(read, Err(JournalError::Seal(SealError::WrongMasterKey))), "{read:?}");
    let newcomer = domain::kernel::PersonId(id(0xff));
    for event in [solved(of(CLEO), "x"), registered(newcomer, "new")] {
        let refused = append(&wrong, ticket(2, 0, vec![event])).await;
        let Err(AppendError::Journal(JournalError::Seal(SealError::WrongMasterKey))) = refused
        else {
            panic!("{refused:?}");
        };
    }
    assert!(wrong.keyring().secret("tokens").await.is_err());
    assert_eq!(world.number(query).await, keys);
}

#[tokio::test]
async fn a_secret_is_the_same_in_every_process_and_another_for_every_purpose() {
    let world = World::new().await;
    let first = world.journal.keyring().secret("tokens").await.unwrap();
    assert_eq!(world.another().await.keyring().secret("tokens").await.unwrap(), first);
    assert_ne!(world.journal.keyring().secret("cookies").await.unwrap(), first);
}
