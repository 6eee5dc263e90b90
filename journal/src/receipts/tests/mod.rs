//! T8: what was acknowledged and is changed or gone before it is sealed is missed, with its receipt.

use tempfile::TempDir;

use super::tree::SignedTree;
use super::{EventReceipt, Overdue, Receipts, check};
use crate::append::StreamVersion;
use crate::signer::{Folder, SignError, policy, sign_once, signer_key};
use crate::testing::{World, id, run, stopped, ticket};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::Note;

/// A log that is signed at one event, and what issues receipts for it.
async fn desk() -> (World, TempDir, Receipts) {
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    world.append(ticket(9, 0, vec![stopped(1)])).await.unwrap();
    world.settle().await;
    sign(&world, &data).await;
    let receipts = Receipts::new(&Folder::of(data.path()));
    (world, data, receipts)
}

async fn sign(world: &World, data: &TempDir) {
    sign_once(&world.options(), &Folder::of(data.path())).await.unwrap();
}

/// Two events of one command, and their receipts.
async fn acknowledged(world: &World, receipts: &Receipts, stream: u128) -> Vec<EventReceipt> {
    let receipt = world.append(ticket(stream, 0, vec![stopped(1), stopped(2)])).await.unwrap();
    let issued = receipts.issue(world.journal.pool(), &receipt.streams).await.unwrap();
    issued.into_iter().map(|(receipt, _)| receipt).collect()
}

async fn overdue(world: &World, receipts: &Receipts) -> Vec<Overdue> {
    receipts.round(world.journal.pool(), &mut SignedTree::default()).await.unwrap()
}

/// As if the receipts were a minute old: the database says when it recorded what.
async fn a_minute_later(world: &World, data: &TempDir) -> usize {
    // Signed anew, with another time: the file is ours to write.
    let folder = Folder::of(data.path());
    let path = folder.log().join("receipts");
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let key = signer_key(&folder).unwrap().unwrap();
    let mut aged = String::new();
    for note in notes(&text) {
        let mut receipt: EventReceipt = note.text().parse().unwrap();
        receipt.recorded_at -= chrono::TimeDelta::seconds(61);
        let mut note = Note::new(&receipt.to_string()).unwrap();
        note.sign(&key, 0);
        aged += &format!("{note}\n");
    }
    std::fs::write(&path, aged).unwrap();
    overdue(world, &Receipts::new(&folder)).await.len()
}

fn notes(text: &str) -> Vec<Note> {
    let parts: Vec<&str> = text.split_inclusive("\n\n").collect();
    let notes = parts.chunks(2).map(|two| two.concat());
    notes
        .map(|note| Note::parse(note.strip_suffix('\n').unwrap().as_bytes()))
        .map(Result::unwrap)
        .collect()
}

/// How many receipts are kept.
fn kept(data: &TempDir) -> usize {
    let path = Folder::of(data.path()).log().join("receipts");
    notes(&std::fs::read_to_string(path).unwrap_or_default()).len()
}

#[tokio::test]
async fn each_event_of_a_command_gets_one_and_it_is_kept_until_it_is_signed() {
    let (world, data, receipts) = desk().await;
    let promised = acknowledged(&world, &receipts, 1).await;
    let streams: Vec<_> = promised.iter().map(EventReceipt::stream).collect();
    assert_eq!(streams, [1, 2].map(|n| format!("ticket/{}/{n}", id(1))));
    assert_eq!((kept(&data), overdue(&world, &receipts).await), (2, Vec::new()));
    world.settle().await;
    assert_eq!((overdue(&world, &receipts).await.len(), kept(&data)), (0, 2));
    sign(&world, &data).await;
    assert_eq!((overdue(&world, &receipts).await.len(), kept(&data)), (0, 0));
    let sealed =
        sqlx::query_scalar::<_, Vec<u8>>("select leaf from journal.log where global_seq = 3")
            .fetch_one(&mut world.superuser().await)
            .await
            .unwrap();
    assert_eq!(promised[1].entry.leaf().as_slice(), sealed);
}

#[tokio::test]
async fn the_same_command_asked_again_gets_the_same_receipts() {
    let (world, _data, receipts) = desk().await;
    let receipt = world.append(ticket(1, 0, vec![stopped(1), stopped(2)])).await.unwrap();
    let first = receipts.issue(world.journal.pool(), &receipt.streams).await.unwrap();
    let again = receipts.issue(world.journal.pool(), &receipt.streams).await.unwrap();
    assert_eq!(first, again);
    let none = StreamVersion { aggregate_type: "role".to_owned(), aggregate_id: id(7), version: 1 };
    assert_eq!(receipts.issue(world.journal.pool(), &[none]).await.unwrap(), []);
}

#[tokio::test]
async fn t8_an_event_dropped_after_it_was_acknowledged_is_missed_after_a_minute() {
    let (world, data, receipts) = desk().await;
    acknowledged(&world, &receipts, 1).await;
    let drop = format!("delete from journal.events where aggregate_id = '{}'", id(1));
    world.tamper(&drop).await;
    world.settle().await;
    sign(&world, &data).await;
    assert_eq!(world.check().await.tampering, None, "nothing that was sealed misses it");
    assert_eq!(overdue(&world, &receipts).await, [], "not yet");
    assert_eq!(a_minute_later(&world, &data).await, 2);
    assert_eq!(kept(&data), 2, "the evidence stays");
}

/// As somebody who owns the database would hide it: the table of the log says that the event stands there.
async fn planted(world: &World, promised: &EventReceipt, number: i64) {
    let leaf: String = promised.entry.leaf().iter().map(|byte| format!("{byte:02x}")).collect();
    let plant = format!(
        "delete from journal.log where global_seq = {number};
         insert into journal.log values ({number}, 'ticket', '{}', {}, 'ticket.work_stopped', now(),
             decode('{leaf}', 'hex'));",
        promised.aggregate_id, promised.sequence
    );
    world.tamper(&plant).await;
}

#[tokio::test]
async fn t8_neither_a_planted_row_nor_a_planted_checkpoint_hides_that_an_event_was_dropped() {
    let (world, data, receipts) = desk().await;
    let promised = acknowledged(&world, &receipts, 1).await;
    let drop = format!("delete from journal.events where aggregate_id = '{}'", id(1));
    world.tamper(&drop).await;
    world.append(ticket(2, 0, vec![stopped(1), stopped(2)])).await.unwrap();
    world.settle().await;
    sign(&world, &data).await;
    // In the place of an event that was signed, and behind all of them, where a checkpoint reaches.
    planted(&world, &promised[0], 2).await;
    planted(&world, &promised[1], 900).await;
    let checkpoint = "insert into journal.checkpoints
        select 1000, root, replace(note, E'\\n3\\n', E'\\n1000\\n') from journal.checkpoints where size = 3";
    run(&mut world.superuser().await, checkpoint).await.unwrap();
    assert_eq!(world.number("select max(size) from journal.checkpoints").await, 1000);
    assert_eq!(a_minute_later(&world, &data).await, 2, "the tiles are here");
    std::fs::remove_dir_all(Folder::of(data.path()).log().join("tile")).unwrap();
    assert_eq!(overdue(&world, &receipts).await.len(), 2, "and where they are not");
}

#[tokio::test]
async fn the_signed_tree_is_followed_with_tiles_and_without_and_knows_each_leaf_again() {
    let (world, data, receipts) = desk().await;
    let pool = world.journal.pool();
    let mut followed = SignedTree::default();
    for stream in 1..=4 {
        world.append(ticket(stream, 0, (0..230).map(stopped).collect())).await.unwrap();
        acknowledged(&world, &receipts, 100 + stream).await;
        world.settle().await;
        sign(&world, &data).await;
        let receipts_of_all =
            std::fs::read(Folder::of(data.path()).log().join("receipts")).unwrap();
        let tiles = Folder::of(data.path()).log().join("tile");
        let aside = data.path().join("aside");
        std::fs::rename(&tiles, &aside).unwrap();
        assert_eq!(receipts.round(pool, &mut followed).await.unwrap(), []);
        assert_eq!(kept(&data), 0, "each stands, as the database leads there");
        std::fs::rename(&aside, &tiles).unwrap();
        std::fs::write(Folder::of(data.path()).log().join("receipts"), receipts_of_all).unwrap();
        assert_eq!(overdue(&world, &receipts).await, []);
        assert_eq!(kept(&data), 0, "and as the tiles have it");
    }
}

#[tokio::test]
async fn t8_an_event_edited_before_it_is_sealed_is_missed_by_itself() {
    let (world, data, receipts) = desk().await;
    acknowledged(&world, &receipts, 1).await;
    let edit = format!(
        "update journal.events set payload = replace(payload::text, 'work', 'Work')::json
         where aggregate_id = '{}' and sequence = 2",
        id(1)
    );
    world.tamper(&edit).await;
    world.settle().await;
    sign(&world, &data).await;
    assert_eq!(world.check().await.tampering, None);
    assert_eq!(a_minute_later(&world, &data).await, 1);
    assert_eq!(kept(&data), 1, "the other one stands");
}

#[tokio::test]
async fn t8_a_log_that_is_not_signed_any_more_keeps_no_promise() {
    let (world, data, receipts) = desk().await;
    acknowledged(&world, &receipts, 1).await;
    world.settle().await;
    assert_eq!(a_minute_later(&world, &data).await, 2);
    sign(&world, &data).await;
    assert_eq!((overdue(&world, &receipts).await, kept(&data)), (Vec::new(), 0));
}

#[tokio::test]
async fn a_receipt_is_believed_with_a_key_of_its_log_and_in_one_spelling() {
    let (world, data, receipts) = desk().await;
    let receipt = world.append(ticket(1, 0, vec![stopped(1)])).await.unwrap();
    let issued = receipts.issue(world.journal.pool(), &receipt.streams).await.unwrap();
    let (promised, note) = (&issued[0].0, issued[0].1.to_string());
    let trusted = policy(&Folder::of(data.path())).unwrap().unwrap();
    assert_eq!(check(note.as_bytes(), &trusted).unwrap(), *promised);
    let (other, other_data, _) = desk().await;
    drop(other);
    let stranger = policy(&Folder::of(other_data.path())).unwrap().unwrap();
    assert!(check(note.as_bytes(), &stranger).is_err());
    for at in 0..note.len() {
        let mut spoiled = note.clone().into_bytes();
        spoiled[at] ^= 1;
        assert!(check(&spoiled, &trusted).is_err(), "byte {at}");
    }
    let text = promised.to_string();
    for (what, with) in [("v1", "v2"), ("Z\n", "+00:00\n"), ("/1\n", "/01\n"), ("ticket/", "/")] {
        assert!(text.replacen(what, with, 1).parse::<EventReceipt>().is_err(), "{what}");
    }
    assert!(text.parse::<Checkpoint>().is_err());
    assert!(format!("{text}\n").parse::<EventReceipt>().is_err());
}

#[tokio::test]
async fn what_was_half_written_is_passed_over_and_another_log_gets_no_receipt() {
    let (world, data, receipts) = desk().await;
    acknowledged(&world, &receipts, 1).await;
    let path = Folder::of(data.path()).log().join("receipts");
    let whole = std::fs::read(&path).unwrap();
    for end in [whole.len() - 1, whole.len() / 2 + 5] {
        std::fs::write(&path, &whole[..end]).unwrap();
        assert_eq!(receipts.pending.all().await.unwrap().len(), 1, "{end}");
    }
    acknowledged(&world, &receipts, 2).await;
    assert_eq!(receipts.pending.all().await.unwrap().len(), 3, "written behind what was whole");
    let origin = "update journal.sequencer set origin = 'annals/another'";
    run(&mut world.superuser().await, origin).await.unwrap();
    let stream =
        StreamVersion { aggregate_type: "ticket".to_owned(), aggregate_id: id(1), version: 2 };
    let refused = receipts.issue(world.journal.pool(), &[stream]).await;
    assert!(matches!(refused, Err(SignError::OtherLog { .. })));
    let nobody = TempDir::new().unwrap();
    let nobody = Receipts::new(&Folder::of(nobody.path()));
    assert_eq!(nobody.issue(world.journal.pool(), &[]).await.unwrap(), []);
}
