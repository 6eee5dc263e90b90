//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::AccessRequestCommand;
use super::event::AccessRequestEvent;
use super::refusal::AccessRequestRefusal;
use super::state::AccessRequest;
use crate::kernel::{Command, Directed};

impl Aggregate for AccessRequest {
    const TYPE: &'static str = "access_request";
    type Command = Directed<AccessRequestCommand>;
    type Event = AccessRequestEvent;
    type Error = AccessRequestRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), AccessRequestRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: AccessRequestEvent) {
        self.evolve(event);
    }
}
