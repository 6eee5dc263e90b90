//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::CustomFieldCommand;
use super::event::CustomFieldEvent;
use super::refusal::CustomFieldRefusal;
use super::state::CustomField;
use crate::kernel::{Command, Directed};

impl Aggregate for CustomField {
    const TYPE: &'static str = "custom_field";
    type Command = Directed<CustomFieldCommand>;
    type Event = CustomFieldEvent;
    type Error = CustomFieldRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), CustomFieldRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: CustomFieldEvent) {
        self.evolve(event);
    }
}
