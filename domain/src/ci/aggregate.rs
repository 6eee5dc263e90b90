//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::CiCommand;
use super::event::CiEvent;
use super::refusal::CiRefusal;
use super::state::Ci;
use crate::kernel::{Command, Directed};

impl Aggregate for Ci {
    const TYPE: &'static str = "ci";
    type Command = Directed<CiCommand>;
    type Event = CiEvent;
    type Error = CiRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), CiRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: CiEvent) {
        self.evolve(event);
    }
}
