//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::EvidenceHoldCommand;
use super::event::EvidenceHoldEvent;
use super::refusal::EvidenceHoldRefusal;
use super::state::EvidenceHold;
use crate::kernel::{Command, Directed};

impl Aggregate for EvidenceHold {
    const TYPE: &'static str = "evidence_hold";
    type Command = Directed<EvidenceHoldCommand>;
    type Event = EvidenceHoldEvent;
    type Error = EvidenceHoldRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), EvidenceHoldRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: EvidenceHoldEvent) {
        self.evolve(event);
    }
}
