//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::TicketItemsCommand;
use super::event::TicketItemsEvent;
use super::refusal::TicketItemsRefusal;
use super::state::TicketItems;
use crate::kernel::{Command, Directed};

impl Aggregate for TicketItems {
    const TYPE: &'static str = "ticket_items";
    type Command = Directed<TicketItemsCommand>;
    type Event = TicketItemsEvent;
    type Error = TicketItemsRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), TicketItemsRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: TicketItemsEvent) {
        self.evolve(event);
    }
}
