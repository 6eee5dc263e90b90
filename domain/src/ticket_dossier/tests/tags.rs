//! D1, D2, D3

use serde_json::json;

use super::{given, on, tagged};
use crate::kernel::Refusal;
use crate::kernel::testing::tickets::{NO_TICKET, OTHER, THIS, merged_ticket, there_are};
use crate::kernel::text::TextFault;
use crate::ticket::TicketState;
use crate::ticket_dossier::command::{Tag, Untag};
use crate::ticket_dossier::event::Untagged;
use crate::ticket_dossier::{TicketDossierCommand, TicketDossierEvent, TicketDossierRefusal};

fn tag(tag: &str) -> TicketDossierCommand {
    TicketDossierCommand::Tag(Tag { ticket: THIS, tag: tag.to_owned() })
}

fn untag(tag: &str) -> TicketDossierCommand {
    TicketDossierCommand::Untag(Untag { ticket: THIS, tag: tag.to_owned() })
}

#[test]
fn d3_it_is_found_under_a_word_in_lower_case() {
    let dossier = given([]).when(tag(" VPN ")).then([tagged("vpn")]).state();
    assert!(dossier.tags.contains("vpn"));
    given([tagged("vpn")]).when(tag("Vpn")).nothing();
}

#[test]
fn d3_and_no_longer() {
    let event = TicketDossierEvent::Untagged(Untagged { tag: "vpn".to_owned() });
    let dossier = given([tagged("vpn")]).when(untag("VPN")).then([event]).state();
    assert!(dossier.tags.is_empty());
    given([]).when(untag("vpn")).nothing();
}

#[test]
fn d3_words_and_their_number_have_bounds() {
    for (word, fault) in [
        ("", TextFault::Empty),
        ("a\nb", TextFault::Control),
        ("x".repeat(101).as_str(), TextFault::TooLong(100)),
    ] {
        let unfit = TicketDossierRefusal::TagUnfit(fault);
        assert_eq!((unfit.code(), unfit.field()), ("DOSSIER_TAG_UNFIT", Some("tag")));
        given([]).when(tag(word)).refused(unfit);
    }
    let full: Vec<_> = (0..50).map(|number| tagged(&number.to_string())).collect();
    given(full.clone()).when(tag("vpn")).refused(TicketDossierRefusal::TagsTooMany);
    given(full).when(tag("7")).nothing();
}

#[test]
fn d1_there_is_such_a_ticket_and_it_was_not_merged() {
    let nowhere = Tag { ticket: NO_TICKET, tag: "vpn".to_owned() };
    let missing = TicketDossierRefusal::NotFound;
    given([]).when(TicketDossierCommand::Tag(nowhere)).refused(missing);
    let merged = TicketDossierRefusal::Merged { into: OTHER };
    assert_eq!(merged.meta()["intoId"], json!(OTHER));
    let away = || given([]).knowing(there_are([(THIS, merged_ticket(OTHER))]));
    away().when(tag("vpn")).refused(merged.clone());
    away().when(untag("vpn")).refused(merged);
}

#[test]
fn d2_what_is_over_keeps_its_tags() {
    for state in [TicketState::Closed, TicketState::Cancelled] {
        on(state, []).when(tag("vpn")).refused(TicketDossierRefusal::TicketOver);
        on(state, [tagged("vpn")]).when(untag("vpn")).refused(TicketDossierRefusal::TicketOver);
    }
    on(TicketState::Resolved, []).when(tag("vpn")).acts();
}
