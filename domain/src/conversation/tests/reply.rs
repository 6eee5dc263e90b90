//! K1–K4

use std::collections::BTreeSet;

use serde_json::json;
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{comment, given, replied};
use crate::conversation::command::Reply;
use crate::conversation::{ConversationCommand, ConversationRefusal};
use crate::kernel::testing::tickets::{NO_TICKET, OTHER, THIS, merged_ticket, there_are, ticket};
use crate::kernel::testing::world::{ANNA, BEN, CARL, CLEO, GUS, NOBODY};
use crate::kernel::text::TextFault;
use crate::kernel::{Command, PersonId, Refusal};
use crate::ticket::TicketState;

fn reply(body: &str, mentions: impl IntoIterator<Item = PersonId>) -> ConversationCommand {
    let (body, mentions) = (body.to_owned(), mentions.into_iter().collect());
    ConversationCommand::Reply(Reply { ticket: THIS, comment: comment(1), body, mentions })
}

#[test]
fn k1_a_person_replies_in_words_of_their_own() {
    let said = given([]).when(reply(" Try again ", [])).then([replied(1)]).state();
    assert_eq!(said.comments.get(&comment(1)), Some(&ANNA));
    given([]).by_nobody().when(reply("x", [])).refused(ConversationRefusal::PersonRequired);
}

#[test]
fn k1_there_is_a_ticket_to_talk_about() {
    let nowhere = Reply {
        ticket: NO_TICKET,
        comment: comment(1),
        body: "x".to_owned(),
        mentions: BTreeSet::new(),
    };
    let command = ConversationCommand::Reply(nowhere);
    given([]).when(command).refused(ConversationRefusal::NotFound);
}

#[test]
fn k1_the_words_have_a_bound() {
    let empty = ConversationRefusal::BodyUnfit(TextFault::Empty);
    assert_eq!((empty.code(), empty.field()), ("CONVERSATION_BODY_UNFIT", Some("body")));
    given([]).when(reply(" ", [])).refused(empty);
    let long = ConversationRefusal::BodyUnfit(TextFault::TooLong(20_000));
    given([]).when(reply(&"x".repeat(20_001), [])).refused(long);
}

#[test]
fn k1_a_conversation_is_full_one_day() {
    given((2..10_002).map(replied)).when(reply("x", [])).refused(ConversationRefusal::Full);
}

#[test]
fn k2_every_state_allows_it_but_a_merged_ticket_is_silent() {
    for state in TicketState::iter() {
        given([]).knowing(there_are([(THIS, ticket(state))])).when(reply("x", [])).acts();
    }
    let merged = ConversationRefusal::Merged { into: OTHER };
    assert_eq!(merged.meta()["intoId"], json!(OTHER));
    let silent = there_are([(THIS, merged_ticket(OTHER))]);
    given([]).knowing(silent).when(reply("x", [])).refused(merged);
}

#[test]
fn k3_staff_and_those_whose_ticket_it_is_are_called_upon() {
    given([]).when(reply("x", [ANNA, BEN, CLEO])).acts();
    for person in [GUS, CARL, NOBODY] {
        let unfit = ConversationRefusal::MentionUnfit { person };
        assert_eq!(
            (unfit.meta()["personId"].clone(), unfit.field()),
            (json!(person), Some("mentionIds"))
        );
        given([]).when(reply("x", [person])).refused(unfit);
    }
    let many = (0..21).map(|number| PersonId(Uuid::from_u128(number)));
    given([]).when(reply("x", many)).refused(ConversationRefusal::MentionsTooMany);
}

#[test]
fn k4_the_same_comment_again_changes_nothing() {
    given([replied(1)]).when(reply("Other words", [])).nothing();
    assert!(
        ConversationCommand::claims(&super::super::Conversation::default(), &replied(1)).is_empty()
    );
}
