//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::ServiceAccountCommand;
use super::event::ServiceAccountEvent;
use super::refusal::ServiceAccountRefusal;
use super::state::ServiceAccount;
use crate::kernel::{Command, Directed};

impl Aggregate for ServiceAccount {
    const TYPE: &'static str = "service_account";
    type Command = Directed<ServiceAccountCommand>;
    type Event = ServiceAccountEvent;
    type Error = ServiceAccountRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ServiceAccountRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: ServiceAccountEvent) {
        self.evolve(event);
    }
}
