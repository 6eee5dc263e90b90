//! The whole coupling to cqrs-es; the same in every aggregate.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;

use super::command::ComplianceReportCommand;
use super::event::ComplianceReportEvent;
use super::refusal::ComplianceReportRefusal;
use super::state::ComplianceReport;
use crate::kernel::{Command, Directed};

impl Aggregate for ComplianceReport {
    const TYPE: &'static str = "compliance_report";
    type Command = Directed<ComplianceReportCommand>;
    type Event = ComplianceReportEvent;
    type Error = ComplianceReportRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        _services: &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ComplianceReportRefusal> {
        for event in command.body.decide(self, &command.context)? {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: ComplianceReportEvent) {
        self.evolve(event);
    }
}
