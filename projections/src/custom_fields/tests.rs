//! Facts to rows, and pages of rows.

use domain::custom_field::FieldForm;
use domain::ticket::TicketKind;

use super::{CustomFieldRow, FieldFilter, by_ids, count, page};
use crate::testing::World;
use crate::testing::desk::{CHOICE, FIELD};

#[tokio::test]
async fn a_row_says_what_the_field_takes() {
    let world = World::with_desk().await;
    let expected = CustomFieldRow {
        field_id: FIELD,
        name: "Rooms".to_owned(),
        kinds: [TicketKind::Incident].into(),
        form: FieldForm::Text,
        choices: Vec::new(),
        client_visible: false,
        retired: true,
        version: 3,
    };
    assert_eq!(by_ids(world.pool(), &[FIELD]).await.unwrap(), [expected]);
}

#[tokio::test]
async fn fields_are_listed_by_name_as_asked() {
    let world = World::with_desk().await;
    let in_use = FieldFilter::default();
    let all = FieldFilter { with_retired: true, ..in_use };
    let request = Some(TicketKind::ServiceRequest);
    for (filter, expected) in [
        (in_use, vec![CHOICE]),
        (all, vec![CHOICE, FIELD]),
        (FieldFilter { for_clients: true, ..all }, vec![CHOICE]),
        (FieldFilter { kind: Some(TicketKind::Incident), ..all }, vec![CHOICE, FIELD]),
        (FieldFilter { kind: request, ..all }, vec![]),
    ] {
        let found = page(world.pool(), filter, 10, None).await.unwrap();
        assert_eq!(found.iter().map(|row| row.field_id).collect::<Vec<_>>(), expected);
        let counted = count(world.pool(), filter).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), expected.len());
    }
    let second = page(world.pool(), all, 1, Some(CHOICE)).await.unwrap();
    assert_eq!((second.len(), second[0].field_id), (1, FIELD));
    assert_eq!(second[0].choices, Vec::<String>::new());
}
