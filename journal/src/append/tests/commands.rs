use domain::kernel::Actor;

use crate::append::{Append, AppendError, CommandRecord, Receipt};
use crate::journal::Journal;
use crate::testing::{World, all, command, id, stopped, ticket};

fn commanded(expected: i64, command: CommandRecord) -> Append {
    let streams = vec![ticket(1, expected, vec![stopped(1)])];
    Append { streams, command: Some(command), ..Append::default() }
}

fn repeated(outcome: Result<Receipt, AppendError>) -> Receipt {
    match outcome {
        Err(AppendError::Repeated(receipt)) => receipt,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_repeated_command_returns_its_first_receipt_whatever_came_since() {
    let world = World::new().await;
    let record = command(1, 1);
    assert_eq!(world.journal.answered(&record).await.unwrap(), None);
    let first = world.journal.append(&commanded(0, record.clone())).await.unwrap();
    world.append(ticket(1, 1, vec![stopped(2)])).await.unwrap();
    let same = Receipt { replayed: true, ..first.clone() };
    for expected in [0, 2] {
        let again = world.journal.append(&commanded(expected, record.clone())).await;
        assert_eq!(repeated(again), same);
    }
    assert_eq!(world.another().await.answered(&record).await.unwrap(), Some(same));
    assert!(first.token.is_some() && !first.replayed);
    assert_eq!(world.journal.stream("ticket", id(1), 0).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_command_id_with_another_input_is_refused() {
    let world = World::new().await;
    world.journal.append(&commanded(0, command(1, 1))).await.unwrap();
    let other = world.journal.append(&commanded(1, command(1, 2))).await;
    assert!(matches!(other, Err(AppendError::KeyReused)), "{other:?}");
    let asked = world.journal.answered(&command(1, 2)).await;
    assert!(matches!(asked, Err(AppendError::KeyReused)), "{asked:?}");
    assert_eq!(world.journal.stream("ticket", id(1), 0).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_same_command_id_of_another_actor_is_another_command() {
    let world = World::new().await;
    world.journal.append(&commanded(0, command(1, 1))).await.unwrap();
    let of_import = CommandRecord { actor: Actor::Import, ..command(1, 2) };
    world.journal.append(&commanded(1, of_import)).await.unwrap();
    assert_eq!(world.journal.stream("ticket", id(1), 0).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_command_without_events_is_remembered_as_well() {
    let world = World::new().await;
    let append = Append {
        streams: vec![ticket(1, 0, Vec::new())],
        command: Some(command(1, 1)),
        ..Append::default()
    };
    let first = world.journal.append(&append).await.unwrap();
    assert_eq!((first.token, first.streams[0].version), (None, 0));
    let again = repeated(world.journal.append(&append).await);
    assert_eq!(again, Receipt { replayed: true, ..first });
}

#[tokio::test]
async fn a_command_that_was_not_appended_is_not_remembered() {
    let world = World::new().await;
    world.append(ticket(1, 0, vec![stopped(2)])).await.unwrap();
    let stale = world.journal.append(&commanded(0, command(1, 1))).await;
    assert!(matches!(stale, Err(AppendError::Stale { .. })), "{stale:?}");
    assert_eq!(world.journal.answered(&command(1, 1)).await.unwrap(), None);
}

async fn send(journal: Journal) -> Result<Receipt, AppendError> {
    journal.append(&commanded(0, command(1, 1))).await
}

#[tokio::test]
async fn many_identical_commands_at_once_make_one_event_and_all_hear_of_it() {
    let world = World::new().await;
    let handles = [world.another().await, world.another().await];
    let senders = (0..50).map(|n| tokio::spawn(send(handles[n % 2].clone()))).collect();
    let (first, others): (Vec<_>, Vec<_>) = all(senders).await.into_iter().partition(Result::is_ok);
    let first = first.into_iter().map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!((first.len(), others.len()), (1, 49));
    for other in others {
        assert_eq!(repeated(other), Receipt { replayed: true, ..first[0].clone() });
    }
    assert_eq!(world.journal.stream("ticket", id(1), 0).await.unwrap().len(), 1);
}
