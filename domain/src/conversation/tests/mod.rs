//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod laws;
mod note;
mod reply;

use uuid::Uuid;

use crate::conversation::event::Replied;
use crate::conversation::{ConversationCommand, ConversationEvent};
use crate::kernel::testing::tickets::{THIS, there_are, ticket};
use crate::kernel::testing::world::ANNA;
use crate::kernel::testing::{self, Given};
use crate::kernel::{CommentId, DataSubject, Personal};
use crate::ticket::TicketState;

fn comment(number: u128) -> CommentId {
    CommentId(Uuid::from_u128(number))
}

/// On a ticket that is assigned.
fn given(events: impl IntoIterator<Item = ConversationEvent>) -> Given<ConversationCommand> {
    testing::given(events).knowing(there_are([(THIS, ticket(TicketState::Assigned))]))
}

/// Anna's reply of this number.
fn replied(number: u128) -> ConversationEvent {
    ConversationEvent::Replied(Replied {
        comment: comment(number),
        author: ANNA,
        body: Personal::of(DataSubject::Person(ANNA), "Try again".to_owned()),
        mentions: [].into(),
    })
}
