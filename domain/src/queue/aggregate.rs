//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::QueueCommand;
use super::event::QueueEvent;
use super::refusal::QueueRefusal;
use super::state::Queue;
use crate::kernel::{Command, Directed};

impl Aggregate for Queue {
    const TYPE: &'static str = "queue";
    type Command = Directed<QueueCommand>;
    type Event = QueueEvent;
    type Error = QueueRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), QueueRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: QueueEvent) {
        self.evolve(event);
    }
}
