//! Sample: see whether a closed ticket is in the samples.

use chrono::TimeDelta;

use super::ticket_in;
use crate::kernel::{Actor, Context, TicketId};
use crate::ticket::TicketState;
use crate::ticket_quality::event::{CheckDrawn, SurveySent, TicketQualityEvent, WorkOf};
use crate::ticket_quality::refusal::TicketQualityRefusal;
use crate::ticket_quality::state::TicketQuality;

/// J2. By the rates of the settings in force. Who was asked or drawn before is not again, however
/// often the ticket is reopened and closed; nobody is asked when the days to answer are over, which
/// begin with the closing.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Which ticket: the stream's own identity.
    pub ticket: TicketId,
}

impl Sample {
    pub(in crate::ticket_quality) fn decide(
        self,
        quality: &TicketQuality,
        cx: &Context,
    ) -> Result<Vec<TicketQualityEvent>, TicketQualityRefusal> {
        if matches!(cx.actor, Actor::Person(_)) {
            return Err(TicketQualityRefusal::NotByPeople);
        }
        let ticket = ticket_in(cx, self.ticket)?;
        let closed_at = ticket
            .closed_at
            .filter(|_| ticket.state == TicketState::Closed && ticket.merged_into.is_none());
        let closed_at = closed_at.ok_or(TicketQualityRefusal::NotClosed)?;
        let work_of = WorkOf { unit: ticket.unit, person: ticket.last_holder };
        let samples = cx.policy.quality.samples(self.ticket);
        let mut events = Vec::new();
        let open_until = closed_at + TimeDelta::days(cx.policy.quality.survey_days.into());
        if samples.survey && quality.survey.is_none() && cx.now < open_until {
            let requester = ticket.requester;
            let sent = SurveySent { requester, open_until, work_of };
            events.push(TicketQualityEvent::SurveySent(sent));
        }
        if samples.check && quality.check.is_none() {
            events.push(TicketQualityEvent::CheckDrawn(CheckDrawn { work_of }));
        }
        Ok(events)
    }
}
