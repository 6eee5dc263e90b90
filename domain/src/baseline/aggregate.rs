//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::BaselineCommand;
use super::event::BaselineEvent;
use super::refusal::BaselineRefusal;
use super::state::Baseline;
use crate::kernel::{Command, Directed};

impl Aggregate for Baseline {
    const TYPE: &'static str = "baseline";
    type Command = Directed<BaselineCommand>;
    type Event = BaselineEvent;
    type Error = BaselineRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), BaselineRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: BaselineEvent) {
        self.evolve(event);
    }
}
