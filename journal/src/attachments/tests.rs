//! Bytes in, bytes out, and what becomes of those that nobody wants.

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{AttachmentId, DataSubject, PersonId, Personal, TicketId};
use domain::ticket_dossier::TicketDossierEvent;
use domain::ticket_dossier::event::{Attached, Detached};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{AttachmentStore, Content, File};
use crate::append::StreamAppend;
use crate::testing::{World, filed, run};

const AUTHOR: PersonId = PersonId(Uuid::from_u128(0xa1));
const TICKET: TicketId = TicketId(Uuid::from_u128(1));
const FILE: File =
    File { attachment: AttachmentId(Uuid::from_u128(2)), ticket: TICKET, author: AUTHOR };
const MARKER: &[u8] = b"Narwhal-Content";

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_452_800, 0).unwrap()
}

async fn put(store: &AttachmentStore, file: File, content: &[u8]) -> bool {
    let sha256: [u8; 32] = Sha256::digest(content).into();
    store.put(file, (content, &sha256), noon()).await.unwrap()
}

/// Two hours later.
async fn sweep(store: &AttachmentStore) {
    store.sweep(noon() + TimeDelta::hours(2)).await.unwrap();
}

fn attached() -> TicketDossierEvent {
    TicketDossierEvent::Attached(Attached {
        attachment: FILE.attachment,
        name: Personal::of(DataSubject::Person(AUTHOR), "a.txt".to_owned()),
        media_type: "text/plain".to_owned(),
        bytes: 15,
        sha256: String::new(),
        author: AUTHOR,
        internal: false,
    })
}

async fn file(world: &World, expected: i64, event: &TicketDossierEvent) {
    let events = vec![filed(event)];
    let aggregate_type = "ticket_dossier";
    let stream = StreamAppend { aggregate_type, aggregate_id: TICKET.0, expected, events };
    world.append(stream).await.unwrap();
}

#[tokio::test]
async fn what_was_put_comes_back_and_stands_nowhere_in_the_clear() {
    let world = World::new().await;
    let store = AttachmentStore::new(world.journal.clone());
    assert!(put(&store, FILE, MARKER).await);
    assert!(put(&store, FILE, MARKER).await, "the same again is there");
    assert!(!put(&store, FILE, b"something else").await);
    let content = store.content(FILE.attachment).await.unwrap();
    assert_eq!(content, Some(Content::Clear(MARKER.to_vec())));
    assert_eq!(store.ticket_of(FILE.attachment).await.unwrap(), Some(TICKET));
    let found = "select count(*) from identity.attachments
                 where position('Narwhal'::bytea in content) > 0";
    assert_eq!(world.number(found).await, 0);
    let nothing = AttachmentId(Uuid::from_u128(9));
    assert_eq!(store.content(nothing).await.unwrap(), None);
    assert_eq!(store.ticket_of(nothing).await.unwrap(), None);
}

#[tokio::test]
async fn it_goes_with_its_author_and_opens_as_no_other_file() {
    let world = World::new().await;
    let store = AttachmentStore::new(world.journal.clone());
    let other = File { attachment: AttachmentId(Uuid::from_u128(3)), ..FILE };
    put(&store, FILE, MARKER).await;
    put(&store, other, b"other").await;
    let swap = "update identity.attachments a set content = b.content
                from identity.attachments b where a.attachment_id <> b.attachment_id";
    run(&mut world.superuser().await, swap).await.unwrap();
    assert!(store.content(FILE.attachment).await.is_err());
    world.erase(&DataSubject::Person(AUTHOR).to_string()).await;
    let store = AttachmentStore::new(world.another().await);
    assert_eq!(store.content(FILE.attachment).await.unwrap(), Some(Content::Erased));
}

#[tokio::test]
async fn what_no_event_followed_is_swept_away_and_the_rest_stays() {
    let world = World::new().await;
    let store = AttachmentStore::new(world.journal.clone());
    let orphan = File { attachment: AttachmentId(Uuid::from_u128(3)), ..FILE };
    put(&store, FILE, MARKER).await;
    put(&store, orphan, MARKER).await;
    file(&world, 0, &attached()).await;
    store.sweep(noon() + TimeDelta::minutes(59)).await.unwrap();
    assert!(store.content(orphan.attachment).await.unwrap().is_some(), "its event may yet come");
    sweep(&store).await;
    assert!(store.content(orphan.attachment).await.unwrap().is_none());
    assert!(store.content(FILE.attachment).await.unwrap().is_some());
    assert_eq!(world.number("select count(*) from identity.attachments where kept").await, 1);
}

#[tokio::test]
async fn what_is_kept_is_not_looked_at_again_and_only_what_was_detached_is_discarded() {
    let world = World::new().await;
    let store = AttachmentStore::new(world.journal.clone());
    put(&store, FILE, MARKER).await;
    store.keep(FILE.attachment).await.unwrap();
    sweep(&store).await;
    file(&world, 0, &attached()).await;
    store.discard(FILE.attachment).await.unwrap();
    assert!(store.content(FILE.attachment).await.unwrap().is_some());
    let detached = TicketDossierEvent::Detached(Detached { attachment: FILE.attachment });
    file(&world, 1, &detached).await;
    store.discard(FILE.attachment).await.unwrap();
    assert!(store.content(FILE.attachment).await.unwrap().is_none());
}
