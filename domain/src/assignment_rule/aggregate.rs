//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::AssignmentRuleCommand;
use super::event::AssignmentRuleEvent;
use super::refusal::AssignmentRuleRefusal;
use super::state::AssignmentRule;
use crate::kernel::{Command, Directed};

impl Aggregate for AssignmentRule {
    const TYPE: &'static str = "assignment_rule";
    type Command = Directed<AssignmentRuleCommand>;
    type Event = AssignmentRuleEvent;
    type Error = AssignmentRuleRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), AssignmentRuleRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: AssignmentRuleEvent) {
        self.evolve(event);
    }
}
