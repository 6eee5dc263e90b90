//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use domain::kernel::RecurrenceId;
use domain::recurrence::command::{Define, Stop};
use domain::recurrence::{RecurrenceCommand, RuleDraft};

use super::mutation::RecurrencePayload;
use super::words::{ClosedDay, MissedOccurrences};
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{optional, single};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Date;
use crate::graphql::ticket::words::Priority;

/// On which days, and when on them.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RecurrenceRuleInput {
    /// A rule of RFC 5545 about days, such as FREQ=WEEKLY;BYDAY=MO, at most 300 characters: daily,
    /// weekly, monthly or yearly, without UNTIL and times of day.
    rrule: String,
    /// The time of day, such as 08:00; before 24:00.
    at: String,
    /// The IANA name of the zone whose clocks show it, such as Europe/Berlin.
    zone: String,
    /// The first day there may be an occurrence, where counting begins.
    from: Date,
    /// The last one.
    until: Option<Date>,
}

/// What is opened when, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RecurrenceDefineInput {
    /// Which recurrence is defined anew; absent: a new one.
    recurrence_id: Option<ID>,
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// What the tickets start with.
    template_id: ID,
    /// Whose they are to do, one of yours for heads; absent: as the template says, else routing.
    unit_id: Option<ID>,
    /// What they are about; absent: as the template says.
    subject_id: Option<ID>,
    /// How pressing they are; absent: as the template says.
    priority: Option<Priority>,
    /// For whom; absent: as before, at first you.
    requester_id: Option<ID>,
    #[graphql(flatten)]
    rule: RecurrenceRuleInput,
    /// Which days are open; absent: all are.
    calendar_id: Option<ID>,
    /// What becomes of occurrences on the others.
    #[graphql(default_with = "ClosedDay::Skip")]
    closed_day: ClosedDay,
    /// What becomes of occurrences that nobody was there to open.
    #[graphql(default_with = "MissedOccurrences::All")]
    missed: MissedOccurrences,
    #[graphql(flatten)]
    common: Common,
}

/// A recurrence that opens nothing until it is defined anew.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RecurrenceStopInput {
    /// Which recurrence.
    recurrence_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl RecurrenceRuleInput {
    /// As the domain judges it.
    pub(super) fn into_draft(self) -> RuleDraft {
        RuleDraft {
            rrule: self.rrule,
            at: self.at,
            zone: self.zone,
            from: self.from.0,
            until: self.until.map(|date| date.0),
        }
    }
}

impl RecurrenceDefineInput {
    /// The recurrence that has to be there.
    pub(super) fn earlier(&self) -> Result<Option<RecurrenceId>, UserError> {
        optional("recurrenceId", self.recurrence_id.as_ref())
    }
}

impl NounInput for RecurrenceDefineInput {
    type Command = RecurrenceCommand;
    type Payload = RecurrencePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<RecurrenceCommand>, UserError> {
        let earlier = self.earlier()?;
        let command = RecurrenceCommand::Define(Box::new(Define {
            name: self.name,
            template: single("templateId", &self.template_id)?,
            unit: optional("unitId", self.unit_id.as_ref())?,
            subject: optional("subjectId", self.subject_id.as_ref())?,
            priority: self.priority.map(Into::into),
            requester: optional("requesterId", self.requester_id.as_ref())?,
            rule: self.rule.into_draft(),
            calendar: optional("calendarId", self.calendar_id.as_ref())?,
            closed_day: self.closed_day.into(),
            missed: self.missed.into(),
        }));
        Ok(match earlier {
            Some(id) => Wish::On(id.0, command),
            None => Wish::New(command),
        })
    }
}

impl NounInput for RecurrenceStopInput {
    type Command = RecurrenceCommand;
    type Payload = RecurrencePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<RecurrenceCommand>, UserError> {
        let id: RecurrenceId = single("recurrenceId", &self.recurrence_id)?;
        Ok(Wish::On(id.0, RecurrenceCommand::Stop(Stop {})))
    }
}
