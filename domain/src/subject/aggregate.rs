//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::SubjectCommand;
use super::event::SubjectEvent;
use super::refusal::SubjectRefusal;
use super::state::Subject;
use crate::kernel::{Command, Directed};

impl Aggregate for Subject {
    const TYPE: &'static str = "subject";
    type Command = Directed<SubjectCommand>;
    type Event = SubjectEvent;
    type Error = SubjectRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SubjectRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SubjectEvent) {
        self.evolve(event);
    }
}
