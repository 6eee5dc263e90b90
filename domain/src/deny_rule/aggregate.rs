//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::DenyRuleCommand;
use super::event::DenyRuleEvent;
use super::refusal::DenyRuleRefusal;
use super::state::DenyRule;
use crate::kernel::{Command, Directed};

impl Aggregate for DenyRule {
    const TYPE: &'static str = "deny_rule";
    type Command = Directed<DenyRuleCommand>;
    type Event = DenyRuleEvent;
    type Error = DenyRuleRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), DenyRuleRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: DenyRuleEvent) {
        self.evolve(event);
    }
}
