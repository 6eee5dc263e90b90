//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::AccessGroupCommand;
use super::event::AccessGroupEvent;
use super::refusal::AccessGroupRefusal;
use super::state::AccessGroup;
use crate::kernel::{Command, Directed};

impl Aggregate for AccessGroup {
    const TYPE: &'static str = "access_group";
    type Command = Directed<AccessGroupCommand>;
    type Event = AccessGroupEvent;
    type Error = AccessGroupRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), AccessGroupRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: AccessGroupEvent) {
        self.evolve(event);
    }
}
