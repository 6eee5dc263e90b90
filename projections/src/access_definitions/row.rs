//! The rows, and how an event makes one.

use cqrs_es::Aggregate;
use domain::Fact;
use domain::access_group::AccessGroup;
use domain::access_policy::AccessPolicy;
use domain::access_template::AccessTemplate;
use domain::assignment_rule::AssignmentRule;
use domain::deny_rule::DenyRule;
use domain::resource_type::ResourceType;
use domain::role::Role;
use domain::sod_rule::SodRule;
use journal::Recorded;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::definition::Definition;
use crate::rows;

/// A definition of one noun as it was after one of its events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defined<S> {
    /// Its stream.
    #[serde(rename = "definition_id")]
    pub id: Uuid,
    /// The number of its events then.
    pub version: i64,
    /// The event of the log that it is so from.
    pub since_seq: i64,
    /// The event from which it is otherwise; none: it is so still.
    pub until_seq: Option<i64>,
    /// What it is called.
    pub name: String,
    /// Whether it is over.
    pub retired: bool,
    /// All of it; of a group, without its members.
    pub body: S,
}

impl<S: Definition> Defined<S> {
    /// The same of what there is, if anything is.
    pub(super) fn into_body(self) -> Option<Defined<S::Body>> {
        Some(Defined {
            id: self.id,
            version: self.version,
            since_seq: self.since_seq,
            until_seq: self.until_seq,
            name: self.name,
            retired: self.retired,
            body: self.body.into_body()?,
        })
    }
}

/// The same of any noun.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Row {
    /// The type of its stream.
    pub(super) noun: String,
    /// The name as it is searched.
    pub(super) words: String,
    #[serde(flatten)]
    pub(super) defined: Defined<Value>,
}

/// A stay in a group.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Stay {
    pub(super) group_id: Uuid,
    pub(super) member: String,
    pub(super) since_seq: i64,
    pub(super) until_seq: Option<i64>,
}

/// The row after an event of one of the nouns; none for events of others, and as long as nothing is
/// defined.
///
/// # Errors
/// The row before is not what this version writes.
pub(super) fn after(
    before: Option<&Row>,
    recorded: &Recorded,
) -> Result<Option<Row>, serde_json::Error> {
    let told = (before, recorded);
    match &recorded.fact {
        Fact::Role(_, event) => applied::<Role>(told, event),
        Fact::SodRule(_, event) => applied::<SodRule>(told, event),
        Fact::DenyRule(_, event) => applied::<DenyRule>(told, event),
        Fact::AccessGroup(_, event) => applied::<AccessGroup>(told, event),
        Fact::AccessTemplate(_, event) => applied::<AccessTemplate>(told, event),
        Fact::ResourceType(_, event) => applied::<ResourceType>(told, event),
        Fact::AccessPolicy(event) => applied::<AccessPolicy>(told, event),
        Fact::AssignmentRule(_, event) => applied::<AssignmentRule>(told, event),
        _ => Ok(None),
    }
}

fn applied<S: Definition>(
    (before, recorded): (Option<&Row>, &Recorded),
    event: &S::Event,
) -> Result<Option<Row>, serde_json::Error> {
    let mut state: S = match before {
        Some(row) => serde_json::from_value(row.defined.body.clone())?,
        None => S::default(),
    };
    state.apply(event.clone());
    let state = state.kept();
    let Some((name, retired)) = state.called() else { return Ok(None) };
    Ok(Some(Row {
        noun: <S as Aggregate>::TYPE.to_owned(),
        words: rows::line(&name),
        defined: Defined {
            id: recorded.fact.stream(),
            version: recorded.event.sequence,
            since_seq: recorded.global_seq,
            until_seq: None,
            name,
            retired,
            body: serde_json::to_value(state)?,
        },
    }))
}
