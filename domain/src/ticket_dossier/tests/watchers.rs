//! D1, D2, D4

use serde_json::json;
use uuid::Uuid;

use super::{given, on, watched};
use crate::kernel::testing::tickets::{OTHER, THIS, merged_ticket, there_are};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, GUS, NOBODY};
use crate::kernel::{PersonId, Refusal};
use crate::ticket::TicketState;
use crate::ticket_dossier::command::{Unwatch, Watch};
use crate::ticket_dossier::event::Unwatched;
use crate::ticket_dossier::{TicketDossierCommand, TicketDossierEvent, TicketDossierRefusal};

fn watch(person: PersonId) -> TicketDossierCommand {
    TicketDossierCommand::Watch(Watch { ticket: THIS, person })
}

fn unwatch(person: PersonId) -> TicketDossierCommand {
    TicketDossierCommand::Unwatch(Unwatch { ticket: THIS, person })
}

#[test]
fn d4_active_staff_watch() {
    let dossier = given([]).when(watch(BEN)).then([watched(BEN)]).state();
    assert!(dossier.watchers.contains(&BEN));
    given([watched(BEN)]).when(watch(BEN)).nothing();
    for person in [CLEO, GUS, NOBODY] {
        let unfit = TicketDossierRefusal::WatcherUnfit { person };
        assert_eq!(unfit.meta()["personId"], json!(person));
        given([]).when(watch(person)).refused(unfit);
    }
}

#[test]
fn d4_whoever_watched_may_stop() {
    let event = TicketDossierEvent::Unwatched(Unwatched { person: GUS });
    let dossier = given([watched(GUS)]).when(unwatch(GUS)).then([event]).state();
    assert!(dossier.watchers.is_empty());
    given([]).when(unwatch(NOBODY)).nothing();
}

#[test]
fn d4_their_number_has_a_bound() {
    let full = (0x1000..0x1064).map(|number| watched(PersonId(Uuid::from_u128(number))));
    given(full).when(watch(ANNA)).refused(TicketDossierRefusal::WatchersTooMany);
}

#[test]
fn d2_what_is_over_is_watched_too_but_not_what_was_merged() {
    for state in [TicketState::Closed, TicketState::Cancelled] {
        on(state, []).when(watch(BEN)).acts();
        on(state, [watched(BEN)]).when(unwatch(BEN)).acts();
    }
    let merged = there_are([(THIS, merged_ticket(OTHER))]);
    let refusal = TicketDossierRefusal::Merged { into: OTHER };
    given([watched(BEN)]).knowing(merged).when(unwatch(BEN)).refused(refusal);
}
