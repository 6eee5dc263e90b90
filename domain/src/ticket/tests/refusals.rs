//! Codes and details of refusals are part of the contract.

use serde_json::json;
use strum::VariantNames;

use crate::kernel::testing::world::ANNA;
use crate::kernel::{Refusal, Refused};
use crate::ticket::TicketRefusal;

#[test]
fn t3_a_held_ticket_names_its_holder_by_identity_alone() {
    let refused = Refused::from(TicketRefusal::Held { holder: ANNA });
    assert_eq!(refused.code, "TICKET_HELD");
    assert_eq!(refused.message, "somebody else holds the ticket");
    assert_eq!(refused.meta["holderId"], json!(ANNA));
    assert_eq!(refused.field, None);
}

#[test]
fn t7_an_unfit_assignee_is_named_with_the_field() {
    let refused = Refused::from(TicketRefusal::AssigneeUnfit { person: ANNA });
    assert_eq!((refused.code, refused.field), ("TICKET_ASSIGNEE_UNFIT", Some("assigneeIds")));
    assert_eq!(refused.meta["personId"], json!(ANNA));
}

#[test]
fn codes_begin_with_the_noun() {
    assert!(TicketRefusal::VARIANTS.iter().all(|code| code.starts_with("TICKET_")));
    assert_eq!(TicketRefusal::NotFound.code(), "TICKET_NOT_FOUND");
}
