//! Facts to rows, and pages of rows.

use domain::Fact;
use domain::kernel::{MacroId, UnitId};
use domain::macros::{MacroEvent, MacroStep, event::Defined};
use uuid::Uuid;

use super::{by_ids, count, page};
use crate::testing::desk::MACRO;
use crate::testing::{UNIT, World};

#[tokio::test]
async fn a_row_says_what_the_macro_does() {
    let world = World::with_desk().await;
    let found = by_ids(world.pool(), &[MACRO]).await.unwrap();
    assert_eq!((found[0].name.as_str(), found[0].unit_id, found[0].version), ("Chair", None, 3));
    let reply = MacroStep::Reply { body: "On it".to_owned() };
    assert_eq!(found[0].steps, [MacroStep::StartWork, reply]);
    assert!(found[0].retired);
}

#[tokio::test]
async fn macros_are_listed_for_all_staff_and_for_units() {
    let world = World::with_desk().await;
    let of_unit = MacroId(Uuid::from_u128(0xe9));
    let steps = vec![MacroStep::StopWork];
    let defined = Defined { name: "Late".to_owned(), unit: Some(UNIT), steps };
    world.say(&[Fact::Macro(of_unit, MacroEvent::Defined(defined))]).await;
    world.settled().await;
    world.project().await;
    let stranger = [UnitId(Uuid::nil())];
    for (units, expected) in [
        (None, vec![MACRO, of_unit]),
        (Some(&[UNIT]), vec![MACRO, of_unit]),
        (Some(&stranger), vec![MACRO]),
    ] {
        let units = units.map(<[UnitId; 1]>::as_slice);
        let found = page(world.pool(), true, units, 10, None).await.unwrap();
        assert_eq!(found.iter().map(|row| row.macro_id).collect::<Vec<_>>(), expected);
        let counted = count(world.pool(), true, units).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), expected.len());
    }
    assert_eq!(page(world.pool(), false, None, 10, None).await.unwrap().len(), 1);
    assert!(page(world.pool(), true, None, 10, Some(of_unit)).await.unwrap().is_empty());
}
