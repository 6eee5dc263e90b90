//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::SubjectAccessCommand;
use super::event::SubjectAccessEvent;
use super::refusal::SubjectAccessRefusal;
use super::state::SubjectAccess;
use crate::kernel::{Command, Directed};

impl Aggregate for SubjectAccess {
    const TYPE: &'static str = "subject_access";
    type Command = Directed<SubjectAccessCommand>;
    type Event = SubjectAccessEvent;
    type Error = SubjectAccessRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SubjectAccessRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SubjectAccessEvent) {
        self.evolve(event);
    }
}
