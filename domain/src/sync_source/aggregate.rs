//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::SyncSourceCommand;
use super::event::SyncSourceEvent;
use super::refusal::SyncSourceRefusal;
use super::state::SyncSource;
use crate::kernel::{Command, Directed};

impl Aggregate for SyncSource {
    const TYPE: &'static str = "sync_source";
    type Command = Directed<SyncSourceCommand>;
    type Event = SyncSourceEvent;
    type Error = SyncSourceRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SyncSourceRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: SyncSourceEvent) {
        self.evolve(event);
    }
}
