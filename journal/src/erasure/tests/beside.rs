use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{AttachmentId, ClaimChange, ClaimKey, PersonId, TicketId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{ANNA, CLEO, ledger};
use crate::append::{Append, ClaimOf, StreamAppend};
use crate::attachments::{AttachmentStore, Content, File};
use crate::erasure::Forgotten;
use crate::identity::{Credentials, IdentityStore};
use crate::testing::{World, registered, run};

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_452_800, 0).unwrap()
}

/// A person with a login, a password, a session, a file and a notice that was read.
async fn somebody(world: &World, person: PersonId, nr: u128) {
    let stream = StreamAppend {
        aggregate_type: "person",
        aggregate_id: person.0,
        expected: 0,
        events: vec![registered(person, &format!("p{nr}"))],
    };
    let claims = ["login", "mail"].map(|key| ClaimOf {
        aggregate_type: "person",
        aggregate_id: person.0,
        change: ClaimChange::Hold {
            scope: "person.login",
            key: ClaimKey::Personal(format!("p{nr}-{key}")),
        },
    });
    let append = Append { streams: vec![stream], claims: claims.into(), ..Append::default() };
    world.journal.append(&append).await.unwrap();
    let store = IdentityStore::new(world.journal.pool().clone());
    let credentials = Credentials {
        password_hash: "$argon2id$x".to_owned(),
        must_change: false,
        expires_at: None,
    };
    store.set_credentials(person, &credentials, noon(), None).await.unwrap();
    let (session, hash) = (Uuid::from_u128(nr), nr.to_be_bytes());
    let until = noon() + TimeDelta::hours(1);
    assert!(store.begin(session, (person, &credentials), &hash, (noon(), until)).await.unwrap());
    let attachment = AttachmentId(Uuid::from_u128(nr));
    let file = File { attachment, ticket: TicketId(Uuid::from_u128(1)), author: person };
    let files = AttachmentStore::new(world.journal.clone());
    files.put(file, (b"content", &Sha256::digest(b"content").into()), noon()).await.unwrap();
    let read = format!("insert into identity.notice_marks values ('{person}', 1, now())");
    run(&mut world.superuser().await, &read).await.unwrap();
}

#[tokio::test]
async fn what_lies_beside_the_history_goes_once_and_nobody_elses() {
    let world = World::new().await;
    somebody(&world, ANNA, 1).await;
    somebody(&world, CLEO, 2).await;
    let (ledger, _folder) = ledger();
    let keys = world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    let forgotten = world.journal.forget_person(ANNA, &keys).await.unwrap();
    let all = Forgotten { attachments: 1, claims: 2, credentials: 1, sessions: 1, marks: 1 };
    assert_eq!(forgotten, all);
    assert_eq!(world.journal.forget_person(ANNA, &keys).await.unwrap(), Forgotten::default());
    for left in [
        "identity.credentials",
        "identity.sessions",
        "identity.notice_marks",
        "identity.attachments where content <> ''",
    ] {
        assert_eq!(world.number(&format!("select count(*) from {left}")).await, 1, "{left}");
    }
    assert_eq!(world.number("select count(*) from journal.claims").await, 2);
    let files = AttachmentStore::new(world.another().await);
    let content = async |nr| files.content(AttachmentId(Uuid::from_u128(nr))).await.unwrap();
    assert_eq!(content(1).await, Some(Content::Erased));
    assert_eq!(content(2).await, Some(Content::Clear(b"content".to_vec())));
}
