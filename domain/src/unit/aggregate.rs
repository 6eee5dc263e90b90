//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::UnitCommand;
use super::event::UnitEvent;
use super::refusal::UnitRefusal;
use super::state::Unit;
use crate::kernel::{Command, Directed};

impl Aggregate for Unit {
    const TYPE: &'static str = "unit";
    type Command = Directed<UnitCommand>;
    type Event = UnitEvent;
    type Error = UnitRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), UnitRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: UnitEvent) {
        self.evolve(event);
    }
}
