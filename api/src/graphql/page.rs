//! Connections: one page of a longer list, its cursors, and the size of the whole when asked.

use std::fmt::Display;
use std::str::FromStr;

use async_graphql::{
    InputType, InputValueError, InputValueResult, Object, OutputType, Result, SimpleObject, Value,
    registry::Registry,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::BoxFuture;

use super::access_grant::{AccessChange, AccessException, AccessGrant};
use super::access_group::AccessGroup;
use super::access_request::AccessRequest;
use super::access_template::AccessTemplate;
use super::assignment_rule::AssignmentRule;
use super::audit::Checkpoint;
use super::baseline::Baseline;
use super::calendar::Calendar;
use super::ci::{Ci, CiDifference, CiDifferenceRelation, CiRelation};
use super::ci_class::CiClass;
use super::conversation::Comment;
use super::decision::LoggedDecision;
use super::deny_rule::DenyRule;
use super::dossier::TicketLink;
use super::erasure::Erasure;
use super::error::bad_cursor;
use super::evidence_hold::EvidenceHold;
use super::field::CustomField;
use super::health::CiFinding;
use super::macros::Macro;
use super::notice::Notice;
use super::permission::AccessSubject;
use super::person::Person;
use super::projection::DeadLetter;
use super::quality::DueQualityCheck;
use super::recurrence::Recurrence;
use super::report::{KeyFigures, SlaReportLine};
use super::resource_type::ResourceType;
use super::role::{AccessRole, RolePermission};
use super::scalar::Cursor;
use super::service_account::ServiceAccount;
use super::sla_plan::SlaPlan;
use super::sod_rule::SodRule;
use super::subject::Subject;
use super::sync_source::SyncSource;
use super::template::Template;
use super::ticket::{ClockInterval, Ticket};
use super::ticket_items::TicketItem;
use super::timeline::Event;
use super::unit::Unit;
use super::what_if::SlaWhatIfChange;

/// The size of a page; anything below 1 or above 100 is clamped. An `Int` to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PageSize(i64);

impl PageSize {
    const SMALLEST: i64 = 1;
    const LARGEST: i64 = 100;

    /// Rows of a page.
    pub(super) fn rows(self) -> i64 {
        self.0
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(25)
    }
}

impl InputType for PageSize {
    type RawValueType = Self;

    fn type_name() -> std::borrow::Cow<'static, str> {
        <i32 as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <i32 as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let size = i32::parse(value).map_err(InputValueError::propagate)?;
        Ok(Self(i64::from(size).clamp(Self::SMALLEST, Self::LARGEST)))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

/// The size a document asks for: 25 when it says nothing.
pub(super) fn rows(first: Option<PageSize>) -> i64 {
    first.unwrap_or_default().rows()
}

/// What is around a page.
#[derive(Debug, SimpleObject)]
pub(super) struct PageInfo {
    /// Whether there is more after this page.
    has_next_page: bool,
    /// Whether this page began after a cursor. What lies before it cannot be asked for backwards.
    has_previous_page: bool,
    /// The cursor of the first row.
    start_cursor: Option<Cursor>,
    /// The cursor of the last row: the `after` of the next page.
    end_cursor: Option<Cursor>,
}

/// A row and its place in the list.
#[derive(SimpleObject)]
#[graphql(
    concrete(name = "TicketEdge", params(Ticket)),
    concrete(name = "PersonEdge", params(Person)),
    concrete(name = "UnitEdge", params(Unit)),
    concrete(name = "SubjectEdge", params(Subject)),
    concrete(name = "NoticeEdge", params(Notice)),
    concrete(name = "EventEdge", params(Event)),
    concrete(name = "CommentEdge", params(Comment)),
    concrete(name = "TicketLinkEdge", params(TicketLink)),
    concrete(name = "TicketItemEdge", params(TicketItem)),
    concrete(name = "CustomFieldEdge", params(CustomField)),
    concrete(name = "TemplateEdge", params(Template)),
    concrete(name = "MacroEdge", params(Macro)),
    concrete(name = "CalendarEdge", params(Calendar)),
    concrete(name = "SlaPlanEdge", params(SlaPlan)),
    concrete(name = "CiClassEdge", params(CiClass)),
    concrete(name = "ClockIntervalEdge", params(ClockInterval)),
    concrete(name = "SlaReportLineEdge", params(SlaReportLine)),
    concrete(name = "KeyFiguresEdge", params(KeyFigures)),
    concrete(name = "SlaWhatIfChangeEdge", params(SlaWhatIfChange)),
    concrete(name = "DueQualityCheckEdge", params(DueQualityCheck)),
    concrete(name = "RecurrenceEdge", params(Recurrence)),
    concrete(name = "CiEdge", params(Ci)),
    concrete(name = "CiRelationEdge", params(CiRelation)),
    concrete(name = "CiFindingEdge", params(CiFinding)),
    concrete(name = "SyncSourceEdge", params(SyncSource)),
    concrete(name = "ServiceAccountEdge", params(ServiceAccount)),
    concrete(name = "BaselineEdge", params(Baseline)),
    concrete(name = "ErasureEdge", params(Erasure)),
    concrete(name = "EvidenceHoldEdge", params(EvidenceHold)),
    concrete(name = "RolePermissionEdge", params(RolePermission)),
    concrete(name = "AccessSubjectEdge", params(AccessSubject)),
    concrete(name = "AssignmentRuleEdge", params(AssignmentRule)),
    concrete(name = "ResourceTypeEdge", params(ResourceType)),
    concrete(name = "AccessTemplateEdge", params(AccessTemplate)),
    concrete(name = "AccessGroupEdge", params(AccessGroup)),
    concrete(name = "DenyRuleEdge", params(DenyRule)),
    concrete(name = "SodRuleEdge", params(SodRule)),
    concrete(name = "AccessGrantEdge", params(AccessGrant)),
    concrete(name = "AccessExceptionEdge", params(AccessException)),
    concrete(name = "AccessChangeEdge", params(AccessChange)),
    concrete(name = "AccessRequestEdge", params(AccessRequest)),
    concrete(name = "AccessRoleEdge", params(AccessRole)),
    concrete(name = "CiDifferenceEdge", params(CiDifference)),
    concrete(name = "CiDifferenceRelationEdge", params(CiDifferenceRelation)),
    concrete(name = "CheckpointEdge", params(Checkpoint)),
    concrete(name = "LoggedDecisionEdge", params(LoggedDecision)),
    concrete(name = "DeadLetterEdge", params(DeadLetter))
)]
pub(super) struct Edge<T: OutputType> {
    /// Its place: the `after` of a page that follows it.
    pub(super) cursor: Cursor,
    /// The row.
    pub(super) node: T,
}

/// Answers how many rows the whole list has; asked only when a document wants to know.
pub(super) type Counter = Box<dyn Fn() -> BoxFuture<'static, Result<i64>> + Send + Sync>;

/// One page.
pub(super) struct Connection<T: OutputType> {
    pub(super) edges: Vec<Edge<T>>,
    pub(super) has_next: bool,
    pub(super) has_previous: bool,
    pub(super) count: Counter,
}

/// One page of a longer list.
#[Object(
    concrete(name = "RelatedTicketConnection", params(Ticket)),
    concrete(name = "PersonConnection", params(Person)),
    concrete(name = "UnitConnection", params(Unit)),
    concrete(name = "SubjectConnection", params(Subject)),
    concrete(name = "NoticeConnection", params(Notice)),
    concrete(name = "EventConnection", params(Event)),
    concrete(name = "CommentConnection", params(Comment)),
    concrete(name = "TicketLinkConnection", params(TicketLink)),
    concrete(name = "TicketItemConnection", params(TicketItem)),
    concrete(name = "CustomFieldConnection", params(CustomField)),
    concrete(name = "TemplateConnection", params(Template)),
    concrete(name = "MacroConnection", params(Macro)),
    concrete(name = "CalendarConnection", params(Calendar)),
    concrete(name = "SlaPlanConnection", params(SlaPlan)),
    concrete(name = "CiClassConnection", params(CiClass)),
    concrete(name = "ClockIntervalConnection", params(ClockInterval)),
    concrete(name = "SlaReportLineConnection", params(SlaReportLine)),
    concrete(name = "KeyFiguresConnection", params(KeyFigures)),
    concrete(name = "SlaWhatIfChangeConnection", params(SlaWhatIfChange)),
    concrete(name = "DueQualityCheckConnection", params(DueQualityCheck)),
    concrete(name = "RecurrenceConnection", params(Recurrence)),
    concrete(name = "CiConnection", params(Ci)),
    concrete(name = "CiRelationConnection", params(CiRelation)),
    concrete(name = "CiFindingConnection", params(CiFinding)),
    concrete(name = "SyncSourceConnection", params(SyncSource)),
    concrete(name = "ServiceAccountConnection", params(ServiceAccount)),
    concrete(name = "BaselineConnection", params(Baseline)),
    concrete(name = "ErasureConnection", params(Erasure)),
    concrete(name = "EvidenceHoldConnection", params(EvidenceHold)),
    concrete(name = "RolePermissionConnection", params(RolePermission)),
    concrete(name = "AccessSubjectConnection", params(AccessSubject)),
    concrete(name = "AssignmentRuleConnection", params(AssignmentRule)),
    concrete(name = "ResourceTypeConnection", params(ResourceType)),
    concrete(name = "AccessTemplateConnection", params(AccessTemplate)),
    concrete(name = "AccessGroupConnection", params(AccessGroup)),
    concrete(name = "DenyRuleConnection", params(DenyRule)),
    concrete(name = "SodRuleConnection", params(SodRule)),
    concrete(name = "AccessGrantConnection", params(AccessGrant)),
    concrete(name = "AccessExceptionConnection", params(AccessException)),
    concrete(name = "AccessChangeConnection", params(AccessChange)),
    concrete(name = "AccessRequestConnection", params(AccessRequest)),
    concrete(name = "AccessRoleConnection", params(AccessRole)),
    concrete(name = "CiDifferenceConnection", params(CiDifference)),
    concrete(name = "CiDifferenceRelationConnection", params(CiDifferenceRelation)),
    concrete(name = "CheckpointConnection", params(Checkpoint)),
    concrete(name = "LoggedDecisionConnection", params(LoggedDecision)),
    concrete(name = "DeadLetterConnection", params(DeadLetter))
)]
impl<T: OutputType> Connection<T>
where
    Edge<T>: OutputType,
{
    /// The rows with their cursors.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The rows alone.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What is around this page.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// How many rows the whole list has; exact, and counted only when it is asked for.
    async fn total_count(&self) -> Result<i64> {
        (self.count)().await
    }
}

impl<T: OutputType> Connection<T> {
    /// A list that is known to be this short.
    pub(super) fn whole(edges: Vec<Edge<T>>) -> Self {
        let total = i64::try_from(edges.len()).unwrap_or(i64::MAX);
        Self { edges, has_next: false, has_previous: false, count: known(total) }
    }
}

/// A page of what was found: one row more than it has, when there are more. `edge` tells a row's
/// place in the list.
pub(super) fn page_of<R, K: Display, T: OutputType>(
    list: &str,
    (mut found, size): (Vec<R>, i64),
    has_previous: bool,
    edge: impl Fn(R) -> (K, T),
    count: Counter,
) -> Connection<T> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let has_next = found.len() > size;
    found.truncate(size);
    let edges = found.into_iter().map(|row| {
        let (place, node) = edge(row);
        Edge { cursor: cursor(list, place), node }
    });
    Connection { edges: edges.collect(), has_next, has_previous, count }
}

/// A page of a list that is at hand as a whole, in the order of its keys.
///
/// # Errors
/// The cursor is not one of this list.
pub(super) fn part<K: Ord + Display + FromStr, T: OutputType>(
    list: &str,
    mut all: Vec<(K, T)>,
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Connection<T>> {
    let after: Option<K> = after.map(|after| place(list, &after)).transpose()?;
    let count = known(i64::try_from(all.len()).unwrap_or(i64::MAX));
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.retain(|(key, _)| after.as_ref().is_none_or(|after| key > after));
    Ok(page_of(list, (all, rows(first)), after.is_some(), |row| row, count))
}

/// A count that is known already.
pub(super) fn known(total: i64) -> Counter {
    Box::new(move || Box::pin(async move { Ok(total) }))
}

/// The cursor of a row that its place finds again in its list.
pub(super) fn cursor(list: &str, place: impl Display) -> Cursor {
    Cursor(URL_SAFE_NO_PAD.encode(format!("1:{list}:{place}")))
}

/// Reads what [`cursor`] wrote for the same list.
pub(super) fn place<T: FromStr>(list: &str, cursor: &Cursor) -> Result<T> {
    let place = || {
        let bytes = URL_SAFE_NO_PAD.decode(&cursor.0).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        text.strip_prefix("1:")?.strip_prefix(list)?.strip_prefix(':')?.parse().ok()
    };
    place().ok_or_else(bad_cursor)
}
