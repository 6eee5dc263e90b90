//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::TicketClockCommand;
use super::event::TicketClockEvent;
use super::refusal::TicketClockRefusal;
use super::state::TicketClock;
use crate::kernel::{Command, Directed};

impl Aggregate for TicketClock {
    const TYPE: &'static str = "ticket_clock";
    type Command = Directed<TicketClockCommand>;
    type Event = TicketClockEvent;
    type Error = TicketClockRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), TicketClockRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: TicketClockEvent) {
        self.evolve(event);
    }
}
