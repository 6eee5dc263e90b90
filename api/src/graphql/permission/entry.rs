//! One line of a role, or what is granted by itself.

use async_graphql::{InputObject, Object};
use domain::access::model::{
    Entry, FieldName, FieldSet, Level, RelationName, RelationRule, RelationSet,
};

use super::condition::{AccessCondition, AccessConditionInput};
use super::patterns::{field_names, patterns, unfit};
use super::words::{AccessObligation, AccessRelation, AccessStanding};
use crate::graphql::refusal::UserError;

/// A permission: what may be done, standing how, on which fields, under what circumstances.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql) struct AccessEntryInput {
    /// What may be done: 1 to 50 actions or patterns of them, such as ticket.read, ticket.*, *.read, *;
    /// of another system's erp:invoice.approve, erp:*.
    actions: Vec<String>,
    /// How one has to stand to the object: any of these will do, each as a whole, at most 32; absent:
    /// however one stands.
    when: Option<Vec<Vec<AccessRelation>>>,
    /// With what weight; absent: ORDINARY.
    standing: Option<AccessStanding>,
    /// On these fields alone, personal or not, 1 to 200; absent: on all that are not personal.
    fields: Option<Vec<String>>,
    /// Whether personal fields are meant, too; not together with `fields`.
    #[graphql(default)]
    personal: bool,
    /// Of approvals: up to which level, 0 to 255.
    level: Option<i32>,
    /// Under what circumstances; absent: always.
    condition: Option<AccessConditionInput>,
    /// On what terms.
    obligations: Option<Vec<AccessObligation>>,
}

/// A permission, as roles and grants have it.
pub(in crate::graphql) struct AccessEntry(pub(in crate::graphql) Entry);

impl AccessEntryInput {
    /// As the rules judge it; `place` is where it stands in the input.
    pub(in crate::graphql) fn read(self, place: &str) -> Result<Entry, UserError> {
        let within = |part: &str| format!("{place}.{part}");
        let fields = match (self.fields, self.personal) {
            (None, false) => FieldSet::Plain,
            (None, true) => FieldSet::All,
            (Some(names), false) => FieldSet::Only(field_names(&within("fields"), &names)?),
            (Some(_), true) => {
                return Err(unfit(&within("personal"), "does not go together with fields"));
            }
        };
        let level = |level: i32| {
            let level = u8::try_from(level).map(Level);
            level.map_err(|_| unfit(&within("level"), "is not 0 to 255"))
        };
        let condition = self.condition.map(|condition| condition.read(&within("condition")));
        let obligations = self.obligations.unwrap_or_default();
        Ok(Entry {
            actions: patterns(&within("actions"), &self.actions)?,
            when: when(self.when.unwrap_or_default()),
            standing: self.standing.map(Into::into).unwrap_or_default(),
            fields,
            level: self.level.map(level).transpose()?,
            condition: condition.transpose()?,
            obligations: obligations.into_iter().map(Into::into).collect(),
        })
    }
}

fn when(ways: Vec<Vec<AccessRelation>>) -> RelationRule {
    let set = |names: Vec<AccessRelation>| -> RelationSet {
        names.into_iter().map(RelationName::from).collect()
    };
    RelationRule(ways.into_iter().map(set).collect())
}

/// Several of them; `place` is where they stand in the input.
pub(in crate::graphql) fn entries(
    place: &str,
    inputs: Vec<AccessEntryInput>,
) -> Result<Vec<Entry>, UserError> {
    let inputs = inputs.into_iter().enumerate();
    inputs.map(|(index, input)| input.read(&format!("{place}[{index}]"))).collect()
}

/// A permission, as roles and grants have it.
#[Object]
impl AccessEntry {
    /// What may be done: actions and patterns of them.
    async fn actions(&self) -> Vec<String> {
        self.0.actions.iter().map(ToString::to_string).collect()
    }

    /// How one has to stand to the object: any of these will do, each as a whole; empty: however one
    /// stands.
    async fn when(&self) -> Vec<Vec<AccessRelation>> {
        let names = |set: &RelationSet| set.names().map(Into::into).collect();
        self.0.when.0.iter().map(names).collect()
    }

    /// With what weight.
    async fn standing(&self) -> AccessStanding {
        self.0.standing.into()
    }

    /// On which fields alone; null: on all, but for personal ones unless `personal` says so.
    async fn fields(&self) -> Option<Vec<&str>> {
        match &self.0.fields {
            FieldSet::Only(names) => Some(names.iter().map(FieldName::as_str).collect()),
            FieldSet::Plain | FieldSet::All => None,
        }
    }

    /// Whether personal fields are meant, too; of `fields` that are named, each is.
    async fn personal(&self) -> bool {
        self.0.fields == FieldSet::All
    }

    /// Of approvals: up to which level.
    async fn level(&self) -> Option<u8> {
        self.0.level.map(|level| level.0)
    }

    /// Under what circumstances; null: always.
    async fn condition(&self) -> Option<AccessCondition> {
        self.0.condition.clone().map(AccessCondition)
    }

    /// On what terms.
    async fn obligations(&self) -> Vec<AccessObligation> {
        self.0.obligations.iter().map(Into::into).collect()
    }
}
