//! Facts to rows.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::TicketId;
use domain::ticket_dossier::LinkKind;
use uuid::Uuid;

use super::{DossierRow, FieldText, by_ids};
use crate::testing::desk::{CHOICE, FIELD};
use crate::testing::{CLIENT, TICKET, World};

#[tokio::test]
async fn a_row_says_what_the_dossier_holds() {
    let world = World::with_desk().await;
    let part = TicketId(Uuid::from_u128(0x75));
    let choices = BTreeSet::from(["a".to_owned(), "b".to_owned()]);
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
        version: 11,
    };
    assert_eq!(by_ids(world.pool(), &[TICKET]).await.unwrap(), [whole]);
    let of_part = DossierRow {
        parent_id: Some(TICKET),
        links: BTreeMap::from([(LinkKind::Parent, BTreeSet::from([TICKET]))]),
        version: 3,
        ..DossierRow::empty(part)
    };
    assert_eq!(by_ids(world.pool(), &[part]).await.unwrap(), [of_part]);
}
