//! Batched reads of one request: whatever one level of an answer names is read by one statement.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::{Context, Result, dataloader::Loader};
use domain::access::Permission;
use domain::cmdb::Catalogue;
use domain::kernel::{
    AccessRequestId, BaselineId, CalendarId, CiClassId, CiId, ErasureId, EvidenceHoldId, FieldId,
    MacroId, PersonId, RecurrenceId, ServiceAccountId, SlaPlanId, SubjectId, SyncSourceId,
    TemplateId, TicketId, UnitId,
};
use domain::settings::Policy;
use projections::access_requests::{self, RequestRow};
use projections::almanac::Almanac;
use projections::baselines::BaselineRow;
use projections::calendars::CalendarRow;
use projections::cis::At;
use projections::custom_fields::CustomFieldRow;
use projections::erasures::{self, ErasureRow};
use projections::evidence_holds::{self, HoldRow};
use projections::macros::MacroRow;
use projections::people::PersonRow;
use projections::recurrences::RecurrenceRow;
use projections::service_accounts::ServiceAccountRow;
use projections::sla_plans::SlaPlanRow;
use projections::subjects::SubjectRow;
use projections::sync_sources::SyncSourceRow;
use projections::templates::TemplateRow;
use projections::tickets::{Scope, TicketRow};
use projections::units::UnitRow;
use projections::{
    ReadError, baselines, calendars, custom_fields, directory, macros, people, recurrences,
    service_accounts, sla_plans, subjects, sync_sources, templates, tickets, units,
};
use sqlx::PgPool;
use tokio::sync::OnceCell;

use super::access::{may_apply, reads_all, reads_some, sees_person, working_caller};
use super::access_request::AccessRequest;
use super::baseline::Baseline;
use super::calendar::Calendar;
use super::ci::{self, Catalogues, Ci};
use super::ci_class::CiClass;
use super::context::{load, load_all, loader, services};
use super::definition::RolesWorkedOut;
use super::erasure::Erasure;
use super::error::{internal, unread};
use super::evidence_hold::EvidenceHold;
use super::field::CustomField;
use super::macros::Macro;
use super::names::Names;
use super::person::Person;
use super::recurrence::Recurrence;
use super::service_account::ServiceAccount;
use super::sla_plan::SlaPlan;
use super::subject::Subject;
use super::sync_source::SyncSource;
use super::template::Template;
use super::ticket::Ticket;
use super::unit::Unit;
use crate::gateway::guard;

/// Where the loaders read. Tickets are read within the caller's reach; people, units and subjects
/// are filtered by the functions below, through which alone they are asked for.
pub(super) struct Reads {
    pub(super) pool: PgPool,
    pub(super) tickets: Scope,
    pub(super) policy: OnceCell<Policy>,
    /// The hours of calendars, shared with all other requests.
    pub(super) almanac: Almanac,
    /// The classes of configuration items, of the moments that are asked about.
    pub(super) catalogues: Catalogues,
    /// What roles permit, of the moments that are asked about.
    pub(super) roles: RolesWorkedOut,
}

pub(super) type Loaded<K, V> = std::result::Result<HashMap<K, V>, Arc<ReadError>>;

#[async_trait]
impl Loader<TicketId> for Reads {
    type Value = TicketRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[TicketId]) -> Loaded<TicketId, TicketRow> {
        guard::tell(Permission::TicketRead);
        let rows = tickets::by_ids(&self.pool, keys, &self.tickets).await;
        by_key(rows, |row| row.ticket_id)
    }
}

#[async_trait]
impl Loader<PersonId> for Reads {
    type Value = PersonRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[PersonId]) -> Loaded<PersonId, PersonRow> {
        by_key(people::by_ids(&self.pool, keys).await, |row| row.person_id)
    }
}

#[async_trait]
impl Loader<UnitId> for Reads {
    type Value = UnitRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[UnitId]) -> Loaded<UnitId, UnitRow> {
        by_key(units::by_ids(&self.pool, keys).await, |row| row.unit_id)
    }
}

#[async_trait]
impl Loader<SubjectId> for Reads {
    type Value = SubjectRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[SubjectId]) -> Loaded<SubjectId, SubjectRow> {
        by_key(subjects::by_ids(&self.pool, keys).await, |row| row.subject_id)
    }
}

/// The units a person belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct UnitsOf(PersonId);

#[async_trait]
impl Loader<UnitsOf> for Reads {
    type Value = Vec<UnitRow>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[UnitsOf]) -> Loaded<UnitsOf, Vec<UnitRow>> {
        let people: Vec<PersonId> = keys.iter().map(|key| key.0).collect();
        let mut units: HashMap<UnitsOf, Vec<UnitRow>> = HashMap::new();
        for (person, unit) in units::of_people(&self.pool, &people).await.map_err(Arc::new)? {
            units.entry(UnitsOf(person)).or_default().push(unit);
        }
        Ok(units)
    }
}

#[async_trait]
impl Loader<FieldId> for Reads {
    type Value = CustomFieldRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[FieldId]) -> Loaded<FieldId, CustomFieldRow> {
        by_key(custom_fields::by_ids(&self.pool, keys).await, |row| row.field_id)
    }
}

#[async_trait]
impl Loader<TemplateId> for Reads {
    type Value = TemplateRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[TemplateId]) -> Loaded<TemplateId, TemplateRow> {
        by_key(templates::by_ids(&self.pool, keys).await, |row| row.template_id)
    }
}

#[async_trait]
impl Loader<MacroId> for Reads {
    type Value = MacroRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[MacroId]) -> Loaded<MacroId, MacroRow> {
        by_key(macros::by_ids(&self.pool, keys).await, |row| row.macro_id)
    }
}

#[async_trait]
impl Loader<CalendarId> for Reads {
    type Value = CalendarRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[CalendarId]) -> Loaded<CalendarId, CalendarRow> {
        by_key(calendars::by_ids(&self.pool, keys).await, |row| row.calendar_id)
    }
}

#[async_trait]
impl Loader<SlaPlanId> for Reads {
    type Value = SlaPlanRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[SlaPlanId]) -> Loaded<SlaPlanId, SlaPlanRow> {
        by_key(sla_plans::by_ids(&self.pool, keys).await, |row| row.sla_plan_id)
    }
}

#[async_trait]
impl Loader<RecurrenceId> for Reads {
    type Value = RecurrenceRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[RecurrenceId]) -> Loaded<RecurrenceId, RecurrenceRow> {
        by_key(recurrences::by_ids(&self.pool, keys).await, |row| row.recurrence_id)
    }
}

#[async_trait]
impl Loader<SyncSourceId> for Reads {
    type Value = SyncSourceRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[SyncSourceId]) -> Loaded<SyncSourceId, SyncSourceRow> {
        by_key(sync_sources::by_ids(&self.pool, keys).await, |row| row.source_id)
    }
}

#[async_trait]
impl Loader<ServiceAccountId> for Reads {
    type Value = ServiceAccountRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[ServiceAccountId]) -> Loaded<ServiceAccountId, ServiceAccountRow> {
        by_key(service_accounts::by_ids(&self.pool, keys).await, |row| row.account_id)
    }
}

#[async_trait]
impl Loader<BaselineId> for Reads {
    type Value = BaselineRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[BaselineId]) -> Loaded<BaselineId, BaselineRow> {
        by_key(baselines::by_ids(&self.pool, keys).await, |row| row.baseline_id)
    }
}

#[async_trait]
impl Loader<AccessRequestId> for Reads {
    type Value = RequestRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[AccessRequestId]) -> Loaded<AccessRequestId, RequestRow> {
        by_key(access_requests::by_ids(&self.pool, keys).await, |row| row.request_id)
    }
}

#[async_trait]
impl Loader<ErasureId> for Reads {
    type Value = ErasureRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[ErasureId]) -> Loaded<ErasureId, ErasureRow> {
        by_key(erasures::by_ids(&self.pool, keys).await, |row| row.erasure_id)
    }
}

#[async_trait]
impl Loader<EvidenceHoldId> for Reads {
    type Value = HoldRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[EvidenceHoldId]) -> Loaded<EvidenceHoldId, HoldRow> {
        by_key(evidence_holds::by_ids(&self.pool, keys).await, |row| row.hold_id)
    }
}

pub(super) fn by_key<K: Eq + Hash, V>(
    rows: std::result::Result<Vec<V>, ReadError>,
    key: impl Fn(&V) -> K,
) -> Loaded<K, V> {
    Ok(rows.map_err(Arc::new)?.into_iter().map(|row| (key(&row), row)).collect())
}

/// A ticket within the caller's reach.
pub(super) async fn ticket(cx: &Context<'_>, id: TicketId) -> Result<Option<Ticket>> {
    let row = load(cx, id).await?;
    Ok(row.map(|row| Ticket(row, Names::default(), None)))
}

/// The settings in force, read once a request.
pub(super) async fn policy<'c>(cx: &Context<'c>) -> Result<&'c Policy> {
    let reads = loader(cx)?.loader();
    let read = reads.policy.get_or_try_init(|| directory::settings(&reads.pool));
    read.await.map_err(internal)
}

/// A person whom the caller may look up.
pub(super) async fn seen_person(cx: &Context<'_>, id: PersonId) -> Result<Option<Person>> {
    if !sees_person(cx, id) {
        return Ok(None);
    }
    person(cx, id).await
}

/// A person named by something the caller sees: the name at least, and all of whom they may look
/// up.
pub(super) async fn person(cx: &Context<'_>, id: PersonId) -> Result<Option<Person>> {
    let row = load(cx, id).await?;
    Ok(row.map(|row| Person { row, full: sees_person(cx, id) }))
}

/// A person, whoever asks: for what people are told of themselves.
pub(super) async fn unhidden_person(cx: &Context<'_>, id: PersonId) -> Result<Option<Person>> {
    let row = load(cx, id).await?;
    Ok(row.map(|row| Person { row, full: true }))
}

/// These people, in the same order, as [`person`] shows each.
pub(super) async fn people_of(cx: &Context<'_>, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut rows: HashMap<PersonId, PersonRow> = load_all(cx, ids.iter().copied()).await?;
    let found = ids.iter().filter_map(|id| rows.remove(id));
    Ok(found.map(|row| Person { full: sees_person(cx, row.person_id), row }).collect())
}

/// The units this person belongs to, by name, if the caller may see units.
pub(super) async fn units_of(cx: &Context<'_>, person: PersonId) -> Result<Vec<Unit>> {
    if !reads_all(cx, Permission::UnitRead) {
        return Ok(Vec::new());
    }
    let units = load(cx, UnitsOf(person)).await?;
    Ok(units.unwrap_or_default().into_iter().map(Unit).collect())
}

/// A unit, if the caller may see units.
pub(super) async fn unit(cx: &Context<'_>, id: UnitId) -> Result<Option<Unit>> {
    if !reads_all(cx, Permission::UnitRead) {
        return Ok(None);
    }
    let row = load(cx, id).await?;
    Ok(row.map(Unit))
}

/// A customer organisation, for who sees one of its clients.
pub(super) async fn organization(cx: &Context<'_>, id: UnitId) -> Result<Option<Unit>> {
    let row = load(cx, id).await?;
    Ok(row.map(Unit))
}

/// A subject. Whoever sees what it belongs to sees it.
pub(super) async fn subject(cx: &Context<'_>, id: SubjectId) -> Result<Option<Subject>> {
    let row = load(cx, id).await?;
    Ok(row.map(Subject))
}

/// A custom field that the caller may see.
pub(super) async fn custom_field(cx: &Context<'_>, id: FieldId) -> Result<Option<CustomField>> {
    let row = load(cx, id).await?;
    let row = row.filter(|row| shown(cx, Permission::CustomFieldRead, row.client_visible));
    Ok(row.map(CustomField))
}

/// Those of these custom fields that the caller may see, in no order.
pub(super) async fn custom_fields(cx: &Context<'_>, ids: &[FieldId]) -> Result<Vec<CustomField>> {
    let rows: HashMap<FieldId, CustomFieldRow> = load_all(cx, ids.iter().copied()).await?;
    let seen =
        rows.into_values().filter(|row| shown(cx, Permission::CustomFieldRead, row.client_visible));
    Ok(seen.map(CustomField).collect())
}

/// A template that the caller may see.
pub(super) async fn template(cx: &Context<'_>, id: TemplateId) -> Result<Option<Template>> {
    let row = load(cx, id).await?;
    let row = row.filter(|row| shown(cx, Permission::TemplateRead, row.content.client_visible));
    Ok(row.map(Template))
}

/// A macro that the caller may see.
pub(super) async fn macro_of(cx: &Context<'_>, id: MacroId) -> Result<Option<Macro>> {
    let row = load(cx, id).await?;
    Ok(row.filter(|row| may_apply(cx, row.unit_id)).map(Macro))
}

/// A calendar, if the caller may see calendars.
pub(super) async fn calendar(cx: &Context<'_>, id: CalendarId) -> Result<Option<Calendar>> {
    if !reads_all(cx, Permission::CalendarRead) {
        return Ok(None);
    }
    let row = load(cx, id).await?;
    Ok(row.map(Calendar))
}

/// A service level plan, if the caller may see plans.
pub(super) async fn sla_plan(cx: &Context<'_>, id: SlaPlanId) -> Result<Option<SlaPlan>> {
    if !reads_all(cx, Permission::SlaPlanRead) {
        return Ok(None);
    }
    let row = load(cx, id).await?;
    Ok(row.map(SlaPlan))
}

/// A recurrence, if the caller may see recurrences.
pub(super) async fn recurrence(cx: &Context<'_>, id: RecurrenceId) -> Result<Option<Recurrence>> {
    if !reads_all(cx, Permission::RecurrenceRead) {
        return Ok(None);
    }
    let row = load(cx, id).await?;
    Ok(row.map(Recurrence))
}

/// A configuration item as it is, if the caller may see items.
pub(super) async fn ci(cx: &Context<'_>, id: CiId) -> Result<Option<Ci>> {
    ci::ci(cx, id, At::Now).await
}

/// All classes of configuration items, for who may see any.
pub(super) async fn catalogue(cx: &Context<'_>) -> Result<Arc<Catalogue>> {
    services(cx)?.gateway.directory().catalogue().await.map_err(unread)
}

/// A class of configuration items, if the caller may see classes.
pub(super) async fn ci_class(cx: &Context<'_>, id: CiClassId) -> Result<Option<CiClass>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    Ok(CiClass::of(&catalogue(cx).await?, id))
}

/// A source that sends items, if the caller may see items.
pub(super) async fn sync_source(cx: &Context<'_>, id: SyncSourceId) -> Result<Option<SyncSource>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    let row = load(cx, id).await?;
    Ok(row.map(SyncSource))
}

/// A service account, if the caller may see service accounts.
pub(super) async fn service_account(
    cx: &Context<'_>,
    id: ServiceAccountId,
) -> Result<Option<ServiceAccount>> {
    if !reads_all(cx, Permission::ServiceAccountRead) {
        return Ok(None);
    }
    let row = load(cx, id).await?;
    Ok(row.map(ServiceAccount))
}

/// What a program is called, for who sees what it did.
pub(super) async fn service_name(cx: &Context<'_>, id: ServiceAccountId) -> Result<Option<String>> {
    let row = load(cx, id).await?;
    Ok(row.map(|row| row.name))
}

/// A baseline, if the caller may see items.
pub(super) async fn baseline(cx: &Context<'_>, id: BaselineId) -> Result<Option<Baseline>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    let row = load(cx, id).await?;
    Ok(row.map(Baseline))
}

/// An access request that the caller may see: all, or those they have, or had, to do with.
pub(super) async fn access_request(
    cx: &Context<'_>,
    id: AccessRequestId,
) -> Result<Option<AccessRequest>> {
    let row: Option<RequestRow> = load(cx, id).await?;
    let person = working_caller(cx)?.person.as_ref().map(|person| person.who.person);
    let is_party = |row: &RequestRow| person.is_some_and(|me| row.party_ids.contains(&me));
    let sees_all = reads_all(cx, Permission::AccessRead);
    Ok(row.filter(|row| sees_all || is_party(row)).map(AccessRequest))
}

/// An erasure that the caller may see: all, or what they asked for and their own.
pub(super) async fn erasure(cx: &Context<'_>, id: ErasureId) -> Result<Option<Erasure>> {
    let row: Option<ErasureRow> = load(cx, id).await?;
    let me = working_caller(cx)?.person.as_ref().map(|person| person.who.person);
    let is_theirs = |row: &ErasureRow| {
        me.is_some_and(|me| [Some(row.person_id), row.requester_id].contains(&Some(me)))
    };
    let sees_all = reads_all(cx, Permission::ErasureRead);
    let sees_own = reads_some(cx, Permission::ErasureRead);
    Ok(row.filter(|row| sees_all || (sees_own && is_theirs(row))).map(Erasure))
}

/// A hold on evidence, if the caller may see holds.
pub(super) async fn evidence_hold(
    cx: &Context<'_>,
    id: EvidenceHoldId,
) -> Result<Option<EvidenceHold>> {
    if !reads_all(cx, Permission::EvidenceHoldRead) {
        return Ok(None);
    }
    let row = load(cx, id).await?;
    Ok(row.map(EvidenceHold))
}

/// Whether the caller sees this of what clients see in parts.
fn shown(cx: &Context<'_>, permission: Permission, to_clients: bool) -> bool {
    reads_all(cx, permission) || (to_clients && reads_some(cx, permission))
}
