//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::TicketQualityCommand;
use super::event::TicketQualityEvent;
use super::refusal::TicketQualityRefusal;
use super::state::TicketQuality;
use crate::kernel::{Command, Directed};

impl Aggregate for TicketQuality {
    const TYPE: &'static str = "ticket_quality";
    type Command = Directed<TicketQualityCommand>;
    type Event = TicketQualityEvent;
    type Error = TicketQualityRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), TicketQualityRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: TicketQualityEvent) {
        self.evolve(event);
    }
}
