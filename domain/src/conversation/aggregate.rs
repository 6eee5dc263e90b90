//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::ConversationCommand;
use super::event::ConversationEvent;
use super::refusal::ConversationRefusal;
use super::state::Conversation;
use crate::kernel::{Command, Directed};

impl Aggregate for Conversation {
    const TYPE: &'static str = "conversation";
    type Command = Directed<ConversationCommand>;
    type Event = ConversationEvent;
    type Error = ConversationRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ConversationRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: ConversationEvent) {
        self.evolve(event);
    }
}
