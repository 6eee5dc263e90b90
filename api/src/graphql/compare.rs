//! Comparator inputs: what can be asked of one field in a `where`.
//!
//! Comparators of one field must all hold. What is null or absent is not asked.

use async_graphql::{ID, InputObject, InputType};
use chrono::{DateTime, Utc};
use projections::tickets::{Compare, Operand};
use uuid::Uuid;

use super::ci::CiLife;
use super::id::{BadId, Identity, decode};
use super::person::words::{PersonKind, PersonLife, Role};
use super::ticket::words::{Impact, Priority, TicketKind, TicketState, Urgency};
use super::unit::UnitKind;

/// Compares a word of a closed list.
#[derive(Debug, Clone, InputObject)]
#[graphql(
    concrete(name = "TicketStateWhere", params(TicketState)),
    concrete(name = "TicketKindWhere", params(TicketKind)),
    concrete(name = "PriorityWhere", params(Priority)),
    concrete(name = "ImpactWhere", params(Impact)),
    concrete(name = "UrgencyWhere", params(Urgency))
)]
pub(super) struct WordWhere<T: InputType> {
    /// It is this.
    eq: Option<T>,
    /// It is not this.
    ne: Option<T>,
    /// It is one of these.
    r#in: Option<Vec<T>>,
    /// It is none of these.
    nin: Option<Vec<T>>,
    /// Whether it is absent.
    is_null: Option<bool>,
}

/// Compares a text, letter by letter.
#[derive(Debug, Clone, InputObject)]
pub(super) struct StringWhere {
    /// It is this.
    eq: Option<String>,
    /// It is not this.
    ne: Option<String>,
    /// It is one of these.
    r#in: Option<Vec<String>>,
    /// It is none of these.
    nin: Option<Vec<String>>,
    /// Whether it is absent.
    is_null: Option<bool>,
}

/// Compares a reference to something with an id.
#[derive(Debug, Clone, InputObject)]
pub(super) struct IdWhere {
    /// It is this.
    eq: Option<ID>,
    /// It is not this.
    ne: Option<ID>,
    /// It is one of these.
    r#in: Option<Vec<ID>>,
    /// It is none of these.
    nin: Option<Vec<ID>>,
    /// Whether it is absent.
    is_null: Option<bool>,
}

/// Compares a word, a text, an id or a truth that is looked up whole.
#[derive(Debug, Clone, InputObject)]
#[graphql(
    concrete(name = "PersonKindWhere", params(PersonKind)),
    concrete(name = "RoleWhere", params(Role)),
    concrete(name = "PersonLifeWhere", params(PersonLife)),
    concrete(name = "UnitKindWhere", params(UnitKind)),
    concrete(name = "TextWhere", params(String)),
    concrete(name = "NodeWhere", params(ID)),
    concrete(name = "CiLifeWhere", params(CiLife)),
    concrete(name = "BooleanWhere", params(bool))
)]
pub(super) struct EqualWhere<T: InputType> {
    /// It is this.
    pub(super) eq: Option<T>,
}

/// What a field has to be, when anything is asked of it.
pub(super) fn equal<T: InputType>(asked: Option<EqualWhere<T>>) -> Option<T> {
    asked.and_then(|asked| asked.eq)
}

/// The same of an id.
///
/// # Errors
/// It is not one of a `T`.
pub(super) fn equal_id<T: Identity>(asked: Option<EqualWhere<ID>>) -> Result<Option<T>, BadId> {
    equal(asked).map(|id| decode(&id)).transpose()
}

/// Compares an instant.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DateTimeWhere {
    /// It is later.
    gt: Option<DateTime<Utc>>,
    /// It is later or the same.
    gte: Option<DateTime<Utc>>,
    /// It is earlier.
    lt: Option<DateTime<Utc>>,
    /// It is earlier or the same.
    lte: Option<DateTime<Utc>>,
    /// Whether it is absent.
    is_null: Option<bool>,
}

/// Compares a number.
#[derive(Debug, Clone, InputObject)]
pub(super) struct IntWhere {
    /// It is this.
    eq: Option<i64>,
    /// It is not this.
    ne: Option<i64>,
    /// It is more.
    gt: Option<i64>,
    /// It is more or the same.
    gte: Option<i64>,
    /// It is less.
    lt: Option<i64>,
    /// It is less or the same.
    lte: Option<i64>,
}

/// The comparisons an input asks for, in the order of its fields.
#[derive(Debug, Default)]
pub(super) struct Comparisons(Vec<Compare>);

impl Comparisons {
    pub(super) fn into_vec(self) -> Vec<Compare> {
        self.0
    }

    fn one<T>(mut self, asked: Option<T>, compare: fn(T) -> Compare) -> Self {
        self.0.extend(asked.map(compare));
        self
    }

    fn operand(self, asked: Option<impl Into<Value>>, compare: fn(Operand) -> Compare) -> Self {
        self.one(asked.map(|value| value.into().0), compare)
    }

    fn operands<T: Into<Value>>(
        self,
        asked: Option<Vec<T>>,
        compare: fn(Vec<Operand>) -> Compare,
    ) -> Self {
        let values = asked.map(|values| values.into_iter().map(|value| value.into().0).collect());
        self.one(values, compare)
    }
}

/// What stands on the right side of a comparison.
struct Value(Operand);

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(Operand::Text(text))
    }
}

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self(Operand::Id(id))
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(Operand::Time(instant))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self(Operand::Number(number))
    }
}

impl<T: InputType> WordWhere<T> {
    /// `word` gives the stored form.
    pub(super) fn comparisons(self, word: fn(T) -> String) -> Comparisons {
        let words = |asked: Option<Vec<T>>| {
            asked.map(|values| values.into_iter().map(word).collect::<Vec<_>>())
        };
        Comparisons::default()
            .operand(self.eq.map(word), Compare::Eq)
            .operand(self.ne.map(word), Compare::Ne)
            .operands(words(self.r#in), Compare::In)
            .operands(words(self.nin), Compare::NotIn)
            .one(self.is_null, Compare::IsNull)
    }
}

impl StringWhere {
    pub(super) fn comparisons(self) -> Comparisons {
        Comparisons::default()
            .operand(self.eq, Compare::Eq)
            .operand(self.ne, Compare::Ne)
            .operands(self.r#in, Compare::In)
            .operands(self.nin, Compare::NotIn)
            .one(self.is_null, Compare::IsNull)
    }
}

impl IdWhere {
    /// # Errors
    /// The first id that is not one of a `T`.
    pub(super) fn comparisons<T: Identity>(self) -> Result<Comparisons, BadId> {
        let one = |id: Option<ID>| id.map(|id| uuid::<T>(&id)).transpose();
        let many = |ids: Option<Vec<ID>>| {
            ids.map(|ids| ids.iter().map(uuid::<T>).collect::<Result<Vec<_>, _>>()).transpose()
        };
        Ok(Comparisons::default()
            .operand(one(self.eq)?, Compare::Eq)
            .operand(one(self.ne)?, Compare::Ne)
            .operands(many(self.r#in)?, Compare::In)
            .operands(many(self.nin)?, Compare::NotIn)
            .one(self.is_null, Compare::IsNull))
    }
}

impl DateTimeWhere {
    pub(super) fn comparisons(self) -> Comparisons {
        Comparisons::default()
            .operand(self.gt, Compare::Gt)
            .operand(self.gte, Compare::Gte)
            .operand(self.lt, Compare::Lt)
            .operand(self.lte, Compare::Lte)
            .one(self.is_null, Compare::IsNull)
    }
}

impl IntWhere {
    pub(super) fn comparisons(self) -> Comparisons {
        Comparisons::default()
            .operand(self.eq, Compare::Eq)
            .operand(self.ne, Compare::Ne)
            .operand(self.gt, Compare::Gt)
            .operand(self.gte, Compare::Gte)
            .operand(self.lt, Compare::Lt)
            .operand(self.lte, Compare::Lte)
    }
}

fn uuid<T: Identity>(id: &ID) -> Result<Uuid, BadId> {
    let id: super::id::GlobalId = decode::<T>(id)?.into();
    Ok(id.uuid())
}
