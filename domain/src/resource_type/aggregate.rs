//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::ResourceTypeCommand;
use super::event::ResourceTypeEvent;
use super::refusal::ResourceTypeRefusal;
use super::state::ResourceType;
use crate::kernel::{Command, Directed};

impl Aggregate for ResourceType {
    const TYPE: &'static str = "resource_type";
    type Command = Directed<ResourceTypeCommand>;
    type Event = ResourceTypeEvent;
    type Error = ResourceTypeRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ResourceTypeRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: ResourceTypeEvent) {
        self.evolve(event);
    }
}
