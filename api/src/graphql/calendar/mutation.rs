//! The verbs of a calendar. Each is its input and its command; what they share is [`run`].

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::calendar::{Calendar as Known, CalendarRefusal};
use domain::kernel::{CalendarId, Refused};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::Calendar;
use super::input::{CalendarDefineInput, CalendarImportHolidaysInput, import};
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::command::{
    Answer, NounInput, Order, Payload, Told, perform, refused, run, told,
};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::loader;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What a file of holidays brought.
#[derive(SimpleObject)]
struct CalendarImportedHolidays {
    /// How many days of it were no holidays of the calendar before.
    added: usize,
    /// How many of its events have a time of day, and were passed over.
    timed: usize,
    /// How many of its events are cancelled, and were passed over.
    cancelled: usize,
}

/// What became of a command on a calendar.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CalendarPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The calendar as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    calendar: Option<Calendar>,
    /// What a file brought; null for every other verb, and when the command was refused.
    imported: Option<CalendarImportedHolidays>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for CalendarPayload {
    type Node = Calendar;

    const VIEWS: &'static [&'static str] = &["calendars"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Calendar>> {
        loader::calendar(cx, CalendarId(stream)).await
    }

    fn of(told: Told<Calendar>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            calendar: told.node,
            imported: None,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a calendar.
#[derive(Default)]
pub(in crate::graphql) struct CalendarMutation;

/// Everything that changes a calendar.
#[Object]
impl CalendarMutation {
    /// Defines a new calendar, or the next version of one.
    #[graphql(guard = "SignedIn")]
    async fn calendar_define(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CalendarDefineInput,
    ) -> Result<CalendarPayload> {
        // What is none yet would be defined under an identity of the caller's choice.
        if let Ok(Some(earlier)) = input.earlier()
            && allowed(cx, Permission::CalendarDefine).is_ok()
            && known(cx, earlier).await?.0.is_none()
        {
            let absent = UserError::refused(Refused::from(CalendarRefusal::NotFound))?;
            let named = input.common().client_mutation_id.clone();
            return Ok(refused(named, absent.at("calendarId")));
        }
        run(cx, input).await
    }

    /// Adds the holidays of an iCalendar file to those of a calendar.
    #[graphql(guard = "SignedIn")]
    async fn calendar_import_holidays(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which calendar, and the file.")] input: CalendarImportHolidaysInput,
    ) -> Result<CalendarPayload> {
        import_holidays(cx, input).await
    }
}

async fn import_holidays(
    cx: &Context<'_>,
    input: CalendarImportHolidaysInput,
) -> Result<CalendarPayload> {
    let input_hash = input_hash("CalendarImportHolidaysInput", &input);
    let common = input.common.clone();
    let client_mutation_id = common.client_mutation_id.clone();
    // A file may be long work, which nobody else is to do, or to wait for.
    if let Err(error) = allowed(cx, Permission::CalendarDefine) {
        return Ok(refused(client_mutation_id, error));
    }
    let (calendar, found) = match spawn_blocking(move || input.read()).await.map_err(internal)? {
        Ok(read) => read,
        Err(error) => return Ok(refused(client_mutation_id, error)),
    };
    let before = known(cx, calendar).await?;
    let order = Order { command: import(&found), stream: calendar.0, common, input_hash };
    let answer = perform(cx, order).await?;
    let is_new = |date| before.0.as_deref().is_none_or(|body| !body.hours.holidays.contains(date));
    let imported = matches!(answer, Answer::Done(..)).then(|| CalendarImportedHolidays {
        added: found.dates.keys().filter(|date| is_new(date)).count(),
        timed: found.timed,
        cancelled: found.cancelled,
    });
    let payload: CalendarPayload = told(cx, client_mutation_id, answer).await?;
    Ok(CalendarPayload { imported, ..payload })
}

/// The calendar as its stream has it.
async fn known(cx: &Context<'_>, id: CalendarId) -> Result<Known> {
    let loaded = services(cx)?.gateway.journal().load::<Known>(id.0).await;
    Ok(loaded.map_err(internal)?.state)
}
