//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::ErasureCommand;
use super::event::ErasureEvent;
use super::refusal::ErasureRefusal;
use super::state::Erasure;
use crate::kernel::{Command, Directed};

impl Aggregate for Erasure {
    const TYPE: &'static str = "erasure";
    type Command = Directed<ErasureCommand>;
    type Event = ErasureEvent;
    type Error = ErasureRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ErasureRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: ErasureEvent) {
        self.evolve(event);
    }
}
