//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::MacroCommand;
use super::event::MacroEvent;
use super::refusal::MacroRefusal;
use super::state::Macro;
use crate::kernel::{Command, Directed};

impl Aggregate for Macro {
    const TYPE: &'static str = "macro";
    type Command = Directed<MacroCommand>;
    type Event = MacroEvent;
    type Error = MacroRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), MacroRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: MacroEvent) {
        self.evolve(event);
    }
}
