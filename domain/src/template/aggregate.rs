//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::TemplateCommand;
use super::event::TemplateEvent;
use super::refusal::TemplateRefusal;
use super::state::Template;
use crate::kernel::{Command, Directed};

impl Aggregate for Template {
    const TYPE: &'static str = "template";
    type Command = Directed<TemplateCommand>;
    type Event = TemplateEvent;
    type Error = TemplateRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), TemplateRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: TemplateEvent) {
        self.evolve(event);
    }
}
