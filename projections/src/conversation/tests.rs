//! Facts to rows, and rows by ticket.

use domain::kernel::CommentId;
use uuid::Uuid;

use super::{CommentRow, by_ids, by_tickets, count, counts, page};
use crate::testing::desk::{DOUBLE, DOUBLE_REPLY, NOTE, REPLY};
use crate::testing::{AGENT, CLIENT, TICKET, World};

#[tokio::test]
async fn comments_stand_on_their_ticket_and_follow_it() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let found = page(pool, TICKET, true, 10, None).await.unwrap();
    let passing_note = CommentId(Uuid::new_v5(&DOUBLE.0, &2_i64.to_be_bytes()));
    let told: Vec<_> = found.iter().map(|row| (row.comment_id, row.internal)).collect();
    assert_eq!(told, [(REPLY, false), (NOTE, true), (DOUBLE_REPLY, false), (passing_note, true)]);
    let last = &found[3];
    assert_eq!((last.author_id, last.body.as_str()), (AGENT, "Same as the other"));
    assert_eq!((last.ticket_id, last.origin_ticket_id), (TICKET, DOUBLE));
    assert!(page(pool, DOUBLE, true, 10, None).await.unwrap().is_empty());
    let expected = CommentRow {
        comment_id: REPLY,
        ticket_id: TICKET,
        origin_ticket_id: TICKET,
        author_id: CLIENT,
        body: "It does 100%  not\nwork".to_owned(),
        internal: false,
        mention_ids: vec![AGENT],
        ..found[0].clone()
    };
    assert_eq!(by_ids(pool, &[REPLY]).await.unwrap(), [expected]);
}

#[tokio::test]
async fn clients_read_and_count_what_is_not_internal() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let first = page(pool, TICKET, false, 1, None).await.unwrap();
    let second = page(pool, TICKET, false, 1, Some(first[0].global_seq)).await.unwrap();
    assert_eq!((first[0].comment_id, second[0].comment_id), (REPLY, DOUBLE_REPLY));
    assert_eq!(count(pool, TICKET, false).await.unwrap(), 2);
    assert_eq!(count(pool, TICKET, true).await.unwrap(), 4);
    assert_eq!(counts(pool, &[TICKET, DOUBLE], true).await.unwrap(), [(TICKET, 4)]);
    let firsts = by_tickets(pool, &[DOUBLE, TICKET], true, 2).await.unwrap();
    assert_eq!(firsts.iter().map(|row| row.comment_id).collect::<Vec<_>>(), [REPLY, NOTE]);
}
