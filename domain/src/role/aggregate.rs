//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::RoleCommand;
use super::event::RoleEvent;
use super::refusal::RoleRefusal;
use super::state::Role;
use crate::kernel::{Command, Directed};

impl Aggregate for Role {
    const TYPE: &'static str = "role";
    type Command = Directed<RoleCommand>;
    type Event = RoleEvent;
    type Error = RoleRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), RoleRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: RoleEvent) {
        self.evolve(event);
    }
}
