//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::PersonCommand;
use super::event::PersonEvent;
use super::refusal::PersonRefusal;
use super::state::Person;
use crate::kernel::{Command, Directed};

impl Aggregate for Person {
    const TYPE: &'static str = "person";
    type Command = Directed<PersonCommand>;
    type Event = PersonEvent;
    type Error = PersonRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), PersonRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: PersonEvent) {
        self.evolve(event);
    }
}
