//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::SlaPlanCommand;
use super::event::SlaPlanEvent;
use super::refusal::SlaPlanRefusal;
use super::state::SlaPlan;
use crate::kernel::{Command, Directed};

impl Aggregate for SlaPlan {
    const TYPE: &'static str = "sla_plan";
    type Command = Directed<SlaPlanCommand>;
    type Event = SlaPlanEvent;
    type Error = SlaPlanRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SlaPlanRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SlaPlanEvent) {
        self.evolve(event);
    }
}
