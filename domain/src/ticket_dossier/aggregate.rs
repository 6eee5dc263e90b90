//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::TicketDossierCommand;
use super::event::TicketDossierEvent;
use super::refusal::TicketDossierRefusal;
use super::state::Dossier;
use crate::kernel::{Command, Directed};

impl Aggregate for Dossier {
    const TYPE: &'static str = "ticket_dossier";
    type Command = Directed<TicketDossierCommand>;
    type Event = TicketDossierEvent;
    type Error = TicketDossierRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), TicketDossierRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: TicketDossierEvent) {
        self.evolve(event);
    }
}
