//! `where` and `orderBy` of the ticket list, mapped to what the read side understands.

use async_graphql::{Enum, InputObject};
use chrono::{DateTime, Utc};
use domain::kernel::{PersonId, SlaPlanId, SubjectId, TicketId, UnitId};
use projections::tickets::{
    Direction as ReadDirection, TicketField as Field, TicketFilter, TicketOrder as ReadOrder, queue,
};

use super::words::{Impact, Priority, TicketKind, TicketState, Urgency};
use crate::graphql::compare::{
    Comparisons, DateTimeWhere, EqualWhere, IdWhere, IntWhere, StringWhere, WordWhere, equal,
};
use crate::graphql::id::BadId;

/// Most comparators in one filter.
const LEAVES: usize = 50;

/// Most levels of `and`, `or` and `not` in one filter.
const LEVELS: usize = 4;

/// Which tickets. Everything that is said must hold; `and`, `or` and `not` go at most 4 levels
/// deep, and all together there are at most 50 comparators.
#[derive(Debug, Clone, Default, InputObject)]
pub(in crate::graphql) struct TicketWhere {
    /// All of these hold; an empty list says nothing.
    and: Option<Vec<TicketWhere>>,
    /// At least one of these holds; an empty list says nothing.
    or: Option<Vec<TicketWhere>>,
    /// This does not hold.
    not: Option<Box<TicketWhere>>,
    /// Where in its life it is.
    state: Option<WordWhere<TicketState>>,
    /// What sort of ticket.
    kind: Option<WordWhere<TicketKind>>,
    /// How pressing.
    priority: Option<WordWhere<Priority>>,
    /// How much is affected.
    impact: Option<WordWhere<Impact>>,
    /// How soon it hurts.
    urgency: Option<WordWhere<Urgency>>,
    /// For people, such as INC-1042.
    number: Option<StringWhere>,
    /// Its name in another system.
    external_ref: Option<StringWhere>,
    /// The unit it is assigned to.
    unit_id: Option<IdWhere>,
    /// One of the people it is assigned to.
    assignee_id: Option<IdWhere>,
    /// Who works on it now.
    holder_id: Option<IdWhere>,
    /// For whom.
    requester_id: Option<IdWhere>,
    /// Who reported it.
    reporter_id: Option<IdWhere>,
    /// What it is about.
    subject_id: Option<IdWhere>,
    /// When it was opened.
    created_at: Option<DateTimeWhere>,
    /// When it was resolved.
    resolved_at: Option<DateTimeWhere>,
    /// When it was closed.
    closed_at: Option<DateTimeWhere>,
    /// Support tier, 1 to 3.
    tier: Option<IntWhere>,
    /// The ticket that goes on in its place.
    merged_into_id: Option<IdWhere>,
    /// One of the words it is found under, in lower case.
    tag: Option<StringWhere>,
    /// One of those who hear of it besides.
    watcher_id: Option<IdWhere>,
    /// The ticket it is part of.
    parent_id: Option<IdWhere>,
    /// The service level plan it is measured by.
    sla_plan_id: Option<IdWhere>,
    /// By when somebody said that it has to be done.
    deadline_at: Option<DateTimeWhere>,
    /// When the first of its clocks that run is due, if nothing else happens.
    due_at: Option<DateTimeWhere>,
    /// The first second beyond the limit of a clock that is not over, if nothing else happens.
    breach_at: Option<DateTimeWhere>,
    /// Whether that second has come, by the time of reading: it is beyond a limit and not yet done.
    breached: Option<EqualWhere<bool>>,
    /// How often it was reopened.
    reopen_count: Option<IntWhere>,
    /// How often its unit changed.
    reassignment_count: Option<IntWhere>,
}

/// By what tickets are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum TicketOrderField {
    /// When it was opened.
    CreatedAt,
    /// How pressing; ascending starts with CRITICAL.
    Priority,
    /// The number for people; INC-9 comes before INC-10.
    Number,
    /// When its last event happened.
    ChangedAt,
    /// When it was resolved; what is not counts as later than all others.
    ResolvedAt,
    /// When it was closed; what is not counts as later than all others.
    ClosedAt,
    /// When the first of its clocks that run is due; what is not counts as later than all others.
    DueAt,
    /// When it is beyond a limit; what will not be counts as later than all others.
    BreachAt,
    /// Whether somebody has to do something; ascending starts with those where somebody has.
    OpenFirst,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum OrderDirection {
    /// Small, early and pressing ones first.
    Asc,
    /// The other way.
    Desc,
}

/// One key of an order; what is equal by it is ordered by the next one, and by id at last.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql) struct TicketOrder {
    /// By what.
    field: TicketOrderField,
    /// Which way.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// Why a filter cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::graphql) enum BadWhere {
    #[error("{0}: {1}")]
    Id(&'static str, BadId),
    #[error("a filter has at most {LEVELS} levels of and, or and not")]
    Levels,
    #[error("a filter has at most {LEAVES} comparators")]
    Leaves,
}

impl TicketWhere {
    /// The condition at this instant; none when nothing is asked.
    pub(in crate::graphql) fn into_filter(
        self,
        now: DateTime<Utc>,
    ) -> Result<Option<TicketFilter>, BadWhere> {
        let mut leaves = 0;
        self.condition((0, now), &mut leaves)
    }

    fn condition(
        mut self,
        (level, now): (usize, DateTime<Utc>),
        leaves: &mut usize,
    ) -> Result<Option<TicketFilter>, BadWhere> {
        if level > LEVELS {
            return Err(BadWhere::Levels);
        }
        let mut each = |list: Option<Vec<Self>>| -> Result<Vec<TicketFilter>, BadWhere> {
            let conditions = list.unwrap_or_default().into_iter();
            conditions
                .filter_map(|one| one.condition((level + 1, now), leaves).transpose())
                .collect()
        };
        let all = each(self.and.take())?;
        let any = each(self.or.take())?;
        let not = each(self.not.take().map(|one| vec![*one]))?;
        let mut conditions = self.comparisons(now)?;
        *leaves += conditions.len();
        if *leaves > LEAVES {
            return Err(BadWhere::Leaves);
        }
        conditions.extend(all);
        conditions.extend((!any.is_empty()).then_some(TicketFilter::Or(any)));
        conditions.extend(not.into_iter().map(|one| TicketFilter::Not(Box::new(one))));
        Ok(match conditions.len() {
            0 | 1 => conditions.pop(),
            _ => Some(TicketFilter::And(conditions)),
        })
    }

    fn comparisons(self, now: DateTime<Utc>) -> Result<Vec<TicketFilter>, BadWhere> {
        let mut found = Found::default();
        found.word(Field::State, self.state, word::<domain::ticket::TicketState>);
        found.word(Field::Kind, self.kind, word::<domain::ticket::TicketKind>);
        found.word(Field::Priority, self.priority, word::<domain::ticket::Priority>);
        found.word(Field::Impact, self.impact, word::<domain::ticket::Impact>);
        found.word(Field::Urgency, self.urgency, word::<domain::ticket::Urgency>);
        found.add(Field::Number, self.number.map(StringWhere::comparisons));
        found.add(Field::ExternalRef, self.external_ref.map(StringWhere::comparisons));
        let id = |name, fault| BadWhere::Id(name, fault);
        let people = [
            (Field::AssigneeId, "assigneeId", self.assignee_id),
            (Field::HolderId, "holderId", self.holder_id),
            (Field::RequesterId, "requesterId", self.requester_id),
            (Field::AuthorId, "reporterId", self.reporter_id),
            (Field::WatcherId, "watcherId", self.watcher_id),
        ];
        for (field, name, asked) in people {
            let asked = asked.map(IdWhere::comparisons::<PersonId>).transpose();
            found.add(field, asked.map_err(|fault| id(name, fault))?);
        }
        let unit = self.unit_id.map(IdWhere::comparisons::<UnitId>).transpose();
        found.add(Field::UnitId, unit.map_err(|fault| id("unitId", fault))?);
        let subject = self.subject_id.map(IdWhere::comparisons::<SubjectId>).transpose();
        found.add(Field::SubjectId, subject.map_err(|fault| id("subjectId", fault))?);
        let tickets = [
            (Field::MergedIntoId, "mergedIntoId", self.merged_into_id),
            (Field::ParentId, "parentId", self.parent_id),
        ];
        for (field, name, asked) in tickets {
            let asked = asked.map(IdWhere::comparisons::<TicketId>).transpose();
            found.add(field, asked.map_err(|fault| id(name, fault))?);
        }
        found.add(Field::Tag, self.tag.map(StringWhere::comparisons));
        found.add(Field::Tier, self.tier.map(IntWhere::comparisons));
        found.add(Field::CreatedAt, self.created_at.map(DateTimeWhere::comparisons));
        found.add(Field::ResolvedAt, self.resolved_at.map(DateTimeWhere::comparisons));
        found.add(Field::ClosedAt, self.closed_at.map(DateTimeWhere::comparisons));
        let plan = self.sla_plan_id.map(IdWhere::comparisons::<SlaPlanId>).transpose();
        found.add(Field::SlaPlanId, plan.map_err(|fault| id("slaPlanId", fault))?);
        found.add(Field::DeadlineAt, self.deadline_at.map(DateTimeWhere::comparisons));
        found.add(Field::DueAt, self.due_at.map(DateTimeWhere::comparisons));
        found.add(Field::BreachAt, self.breach_at.map(DateTimeWhere::comparisons));
        found.0.extend(equal(self.breached).map(|breached| match breached {
            true => queue::breached(now),
            false => TicketFilter::Not(Box::new(queue::breached(now))),
        }));
        found.add(Field::ReopenCount, self.reopen_count.map(IntWhere::comparisons));
        found.add(Field::ReassignmentCount, self.reassignment_count.map(IntWhere::comparisons));
        Ok(found.0)
    }
}

/// The stored form of a word.
fn word<D: ToString>(word: impl Into<D>) -> String {
    word.into().to_string()
}

/// The comparisons found so far, with their fields.
#[derive(Default)]
struct Found(Vec<TicketFilter>);

impl Found {
    fn add(&mut self, field: Field, asked: Option<Comparisons>) {
        let asked = asked.map(Comparisons::into_vec).unwrap_or_default();
        self.0.extend(asked.into_iter().map(|compare| TicketFilter::Is(field, compare)));
    }

    fn word<T>(&mut self, field: Field, asked: Option<WordWhere<T>>, word: fn(T) -> String)
    where
        WordWhere<T>: async_graphql::InputType,
        T: async_graphql::InputType,
    {
        self.add(field, asked.map(|asked| asked.comparisons(word)));
    }
}

impl TicketOrder {
    pub(in crate::graphql) fn into_read(self) -> (ReadOrder, ReadDirection) {
        let by = match self.field {
            TicketOrderField::CreatedAt => ReadOrder::CreatedAt,
            TicketOrderField::Priority => ReadOrder::Priority,
            TicketOrderField::Number => ReadOrder::Number,
            TicketOrderField::ChangedAt => ReadOrder::ChangedAt,
            TicketOrderField::ResolvedAt => ReadOrder::ResolvedAt,
            TicketOrderField::ClosedAt => ReadOrder::ClosedAt,
            TicketOrderField::DueAt => ReadOrder::DueAt,
            TicketOrderField::BreachAt => ReadOrder::BreachAt,
            TicketOrderField::OpenFirst => ReadOrder::OpenFirst,
        };
        let direction = match self.direction {
            OrderDirection::Asc => ReadDirection::Asc,
            OrderDirection::Desc => ReadDirection::Desc,
        };
        (by, direction)
    }
}
