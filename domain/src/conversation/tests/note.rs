//! K1, K3

use super::{comment, given};
use crate::conversation::command::Note;
use crate::conversation::event::Noted;
use crate::conversation::{ConversationCommand, ConversationEvent, ConversationRefusal};
use crate::kernel::testing::tickets::THIS;
use crate::kernel::testing::world::{ANNA, BEN, CLEO};
use crate::kernel::{DataSubject, PersonId, Personal};

fn note(mentions: impl IntoIterator<Item = PersonId>) -> ConversationCommand {
    let mentions = mentions.into_iter().collect();
    let body = "Try again".to_owned();
    ConversationCommand::Note(Note { ticket: THIS, comment: comment(1), body, mentions })
}

#[test]
fn k1_staff_talk_among_themselves() {
    let body = Personal::of(DataSubject::Person(ANNA), "Try again".to_owned());
    let noted = Noted { comment: comment(1), author: ANNA, body, mentions: [BEN].into() };
    let said = given([]).when(note([BEN])).then([ConversationEvent::Noted(noted)]).state();
    assert_eq!(said.comments.len(), 1);
}

#[test]
fn k3_no_client_is_called_upon_where_none_reads() {
    let unfit = ConversationRefusal::MentionUnfit { person: CLEO };
    given([]).when(note([CLEO])).refused(unfit);
}
