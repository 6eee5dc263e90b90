//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::RecurrenceCommand;
use super::event::RecurrenceEvent;
use super::refusal::RecurrenceRefusal;
use super::state::Recurrence;
use crate::kernel::{Command, Directed};

impl Aggregate for Recurrence {
    const TYPE: &'static str = "recurrence";
    type Command = Directed<RecurrenceCommand>;
    type Event = RecurrenceEvent;
    type Error = RecurrenceRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), RecurrenceRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: RecurrenceEvent) {
        self.evolve(event);
    }
}
