//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::CiClassCommand;
use super::event::CiClassEvent;
use super::refusal::CiClassRefusal;
use super::state::CiClass;
use crate::kernel::{Command, Directed};

impl Aggregate for CiClass {
    const TYPE: &'static str = "ci_class";
    type Command = Directed<CiClassCommand>;
    type Event = CiClassEvent;
    type Error = CiClassRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), CiClassRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: CiClassEvent) {
        self.evolve(event);
    }
}
