//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::SettingsCommand;
use super::event::SettingsEvent;
use super::refusal::SettingsRefusal;
use super::state::Settings;
use crate::kernel::{Command, Directed};

impl Aggregate for Settings {
    const TYPE: &'static str = "settings";
    type Command = Directed<SettingsCommand>;
    type Event = SettingsEvent;
    type Error = SettingsRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SettingsRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SettingsEvent) {
        self.evolve(event);
    }
}
