//! Laws of any history of a conversation.

use proptest::prelude::*;

use super::{comment, replied};
use crate::conversation::command::{Note, Reply};
use crate::conversation::{Conversation, ConversationCommand};
use crate::kernel::testing::tickets::{THIS, there_are, ticket};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{Command, CommentId};
use crate::ticket::TicketState;

fn any_comment() -> impl Strategy<Value = CommentId> {
    (0..20u128).prop_map(comment)
}

fn any_command() -> impl Strategy<Value = ConversationCommand> {
    let (body, mentions) = ("x".to_owned(), [world::BEN].into());
    let reply = Reply { ticket: THIS, comment: comment(0), body, mentions };
    let Reply { ticket, body, mentions, .. } = reply.clone();
    let note = Note { ticket, comment: comment(0), body, mentions };
    prop_oneof![
        any_comment().prop_map(move |comment| {
            ConversationCommand::Reply(Reply { comment, ..reply.clone() })
        }),
        any_comment().prop_map(move |comment| {
            ConversationCommand::Note(Note { comment, ..note.clone() })
        }),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_was_said_stays_and_is_said_once(
        numbers in prop::collection::vec(0..20u128, 0..12), command in any_command(),
    ) {
        let mut conversation = Conversation::default();
        numbers.into_iter().for_each(|number| conversation.evolve(replied(number)));
        let mut cx = context(world::ANNA);
        cx.facts = world::facts(&command.needs(&conversation), cx.doer());
        cx.facts.tickets = there_are([(THIS, ticket(TicketState::New))]).tickets;
        let before = conversation.comments.clone();
        let events = command.clone().decide(&conversation, &cx).unwrap();
        events.into_iter().for_each(|event| conversation.evolve(event));
        let comments = &conversation.comments;
        prop_assert!(before.iter().all(|(id, author)| comments.get(id) == Some(author)));
        prop_assert_eq!(command.decide(&conversation, &cx), Ok(vec![]));
        let stored = serde_json::to_value(&conversation).unwrap();
        prop_assert_eq!(serde_json::from_value::<Conversation>(stored).unwrap(), conversation);
    }
}
