//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::SodRuleCommand;
use super::event::SodRuleEvent;
use super::refusal::SodRuleRefusal;
use super::state::SodRule;
use crate::kernel::{Command, Directed};

impl Aggregate for SodRule {
    const TYPE: &'static str = "sod_rule";
    type Command = Directed<SodRuleCommand>;
    type Event = SodRuleEvent;
    type Error = SodRuleRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SodRuleRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SodRuleEvent) {
        self.evolve(event);
    }
}
