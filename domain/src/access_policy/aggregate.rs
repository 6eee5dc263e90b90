//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::AccessPolicyCommand;
use super::event::AccessPolicyEvent;
use super::refusal::AccessPolicyRefusal;
use super::state::AccessPolicy;
use crate::kernel::{Command, Directed};

impl Aggregate for AccessPolicy {
    const TYPE: &'static str = "access_policy";
    type Command = Directed<AccessPolicyCommand>;
    type Event = AccessPolicyEvent;
    type Error = AccessPolicyRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), AccessPolicyRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: AccessPolicyEvent) {
        self.evolve(event);
    }
}
