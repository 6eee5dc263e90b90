//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::TicketCommand;
use super::event::TicketEvent;
use super::refusal::TicketRefusal;
use super::state::Ticket;
use crate::kernel::{Command, Directed};

impl Aggregate for Ticket {
    const TYPE: &'static str = "ticket";
    type Command = Directed<TicketCommand>;
    type Event = TicketEvent;
    type Error = TicketRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), TicketRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: TicketEvent) {
        self.evolve(event);
    }
}
