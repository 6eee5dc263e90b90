//! D1, D2, D8

use serde_json::json;
use uuid::Uuid;

use super::{given, on};
use crate::kernel::testing::tickets::{OTHER, THIS, merged_ticket, there_are};
use crate::kernel::testing::world::{ANNA, BEN, CLEO};
use crate::kernel::text::TextFault;
use crate::kernel::{AttachmentId, DataSubject, PersonId, Personal, Refusal};
use crate::settings::Policy;
use crate::ticket::TicketState;
use crate::ticket_dossier::command::{Attach, Detach};
use crate::ticket_dossier::event::{Attached, Detached};
use crate::ticket_dossier::{TicketDossierCommand, TicketDossierEvent, TicketDossierRefusal};

const FILE: AttachmentId = AttachmentId(Uuid::from_u128(0xf11e));

fn plan() -> Attach {
    Attach {
        ticket: THIS,
        attachment: FILE,
        name: " plan.png ".to_owned(),
        media_type: "Image/PNG; q=1".to_owned(),
        bytes: 5,
        sha256: [0x0f; 32],
        internal: false,
    }
}

fn attach(file: Attach) -> TicketDossierCommand {
    TicketDossierCommand::Attach(file)
}

fn detach() -> TicketDossierCommand {
    TicketDossierCommand::Detach(Detach { ticket: THIS, attachment: FILE })
}

fn attached_by(author: PersonId, internal: bool) -> TicketDossierEvent {
    TicketDossierEvent::Attached(Attached {
        attachment: FILE,
        name: Personal::of(DataSubject::Person(author), "plan.png".to_owned()),
        media_type: "image/png".to_owned(),
        bytes: 5,
        sha256: "0f".repeat(32),
        author,
        internal,
    })
}

fn detached() -> TicketDossierEvent {
    TicketDossierEvent::Detached(Detached { attachment: FILE })
}

#[test]
fn d8_a_file_is_its_authors_and_named_under_the_authors_key() {
    let outcome = given([]).by(BEN).when(attach(plan()));
    let dossier = outcome.then([attached_by(BEN, false)]).state();
    assert_eq!(dossier.attachments[&FILE].author, BEN);
    given([attached_by(BEN, false)]).when(attach(plan())).nothing();
    let internal = Attach { internal: true, ..plan() };
    given([]).when(attach(internal)).then([attached_by(ANNA, true)]);
    given([]).by_nobody().when(attach(plan())).refused(TicketDossierRefusal::PersonRequired);
}

#[test]
fn d8_a_name_is_one_line_without_a_path() {
    let named = |name: &str| attach(Attach { name: name.to_owned(), ..plan() });
    for (name, fault) in [
        ("", TextFault::Empty),
        ("a\nb", TextFault::Control),
        ("a\u{202e}gnp.exe", TextFault::Control),
        ("x".repeat(201).as_str(), TextFault::TooLong(200)),
    ] {
        let unfit = TicketDossierRefusal::AttachmentNameUnfit(fault);
        assert_eq!((unfit.code(), unfit.field()), ("DOSSIER_ATTACHMENT_NAME_UNFIT", Some("name")));
        given([]).when(named(name)).refused(unfit);
    }
    for name in ["a/b", "a\\b", ".", ".."] {
        given([]).when(named(name)).refused(TicketDossierRefusal::AttachmentNamePath);
    }
    given([]).when(named(".profile")).acts();
}

#[test]
fn d8_the_settings_say_which_files_are_taken() {
    let allowed = ["text/csv".to_owned()];
    let policy = Policy {
        attachment_max_bytes: 5,
        attachment_media_types: allowed.clone().into(),
        ..Policy::shipped()
    };
    let unfit = TicketDossierRefusal::AttachmentTypeUnfit { allowed: allowed.clone().into() };
    assert_eq!((unfit.field(), &unfit.meta()["allowed"]), (Some("mediaType"), &json!(allowed)));
    given([]).under(policy.clone()).when(attach(plan())).refused(unfit);
    let table = Attach { media_type: "text/csv".to_owned(), ..plan() };
    given([]).under(policy.clone()).when(attach(table.clone())).acts();
    for bytes in [6, u64::MAX] {
        let large = TicketDossierRefusal::AttachmentTooLarge { max_bytes: 5 };
        assert_eq!(large.meta()["maxBytes"], json!(5));
        let table = Attach { bytes, ..table.clone() };
        given([]).under(policy.clone()).when(attach(table)).refused(large);
    }
}

#[test]
fn d8_their_number_has_a_bound() {
    let full = (0x1000..0x1064).map(|number| {
        let TicketDossierEvent::Attached(file) = attached_by(BEN, false) else { unreachable!() };
        let attachment = AttachmentId(Uuid::from_u128(number));
        TicketDossierEvent::Attached(Attached { attachment, ..file })
    });
    given(full).when(attach(plan())).refused(TicketDossierRefusal::AttachmentsTooMany);
}

#[test]
fn d8_its_author_takes_it_away_or_who_steers() {
    let dossier = given([attached_by(BEN, false)]).by(BEN).when(detach()).then([detached()]);
    assert!(dossier.state().attachments.is_empty());
    let file = || given([attached_by(BEN, false)]);
    file().when(detach()).refused(TicketDossierRefusal::AttachmentNotOwn);
    file().steering().when(detach()).then([detached()]);
    given([]).when(detach()).nothing();
}

#[test]
fn d8_what_is_for_staff_alone_is_unknown_to_clients() {
    given([attached_by(BEN, true)]).by(CLEO).when(detach()).nothing();
    let other = given([attached_by(BEN, false)]).by(CLEO);
    other.when(detach()).refused(TicketDossierRefusal::AttachmentNotOwn);
}

#[test]
fn d1_d2_what_is_over_or_merged_keeps_its_files() {
    for state in [TicketState::Closed, TicketState::Cancelled] {
        let over = || on(state, [attached_by(ANNA, false)]);
        over().when(attach(plan())).refused(TicketDossierRefusal::TicketOver);
        over().when(detach()).refused(TicketDossierRefusal::TicketOver);
    }
    on(TicketState::Resolved, []).when(attach(plan())).acts();
    let merged = there_are([(THIS, merged_ticket(OTHER))]);
    let refusal = TicketDossierRefusal::Merged { into: OTHER };
    given([]).knowing(merged).when(attach(plan())).refused(refusal);
}
