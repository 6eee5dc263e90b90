//! Facts to rows.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::TicketId;
use domain::ticket_dossier::LinkKind;
use uuid::Uuid;

use super::{AttachmentRow, DossierRow, FieldText, by_ids};
use crate::testing::desk::{CHOICE, FIELD, FILE};
use crate::testing::{CLIENT, TICKET, World};

#[tokio::test]
async fn a_row_says_what_the_dossier_holds() {
    let world = World::with_desk().await;
    let part = TicketId(Uuid::from_u128(0x75));
    let choices = BTreeSet::from(["a".to_owned(), "b".to_owned()]);
    let rows = by_ids(world.pool(), &[TICKET]).await.unwrap();
    let file = AttachmentRow {
        name: "Screen.png".to_owned(),
        media_type: "image/png".to_owned(),
        bytes: 5,
        sha256: "0f".repeat(32),
        author_id: CLIENT,
        internal: false,
        created_at: rows[0].attachments[&FILE].created_at,
    };
    let whole = DossierRow {
        ticket_id: TICKET,
        tags: vec!["outage".to_owned()],
        watcher_ids: vec![CLIENT],
        parent_id: None,
        child_ids: vec![part],
        links: BTreeMap::from([(LinkKind::Child, BTreeSet::from([part]))]),
        fields: BTreeMap::from([
            (FIELD, FieldText::Text("Room 5".to_owned())),
            (CHOICE, FieldText::Choices(choices)),
        ]),
        attachments: BTreeMap::from([(FILE, file)]),
        version: 14,
    };
    assert_eq!(rows, [whole]);
    let of_part = DossierRow {
        parent_id: Some(TICKET),
        links: BTreeMap::from([(LinkKind::Parent, BTreeSet::from([TICKET]))]),
        version: 3,
        ..DossierRow::empty(part)
    };
    assert_eq!(by_ids(world.pool(), &[part]).await.unwrap(), [of_part]);
}
