//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::AccessTemplateCommand;
use super::event::AccessTemplateEvent;
use super::refusal::AccessTemplateRefusal;
use super::state::AccessTemplate;
use crate::kernel::{Command, Directed};

impl Aggregate for AccessTemplate {
    const TYPE: &'static str = "access_template";
    type Command = Directed<AccessTemplateCommand>;
    type Event = AccessTemplateEvent;
    type Error = AccessTemplateRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), AccessTemplateRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: AccessTemplateEvent) {
        self.evolve(event);
    }
}
