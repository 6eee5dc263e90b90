//! Batches of the log into rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::access_group::{AccessGroup, AccessGroupEvent};
use domain::access_policy::AccessPolicy;
use domain::access_template::AccessTemplate;
use domain::assignment_rule::AssignmentRule;
use domain::deny_rule::DenyRule;
use domain::resource_type::ResourceType;
use domain::role::Role;
use domain::sod_rule::SodRule;
use journal::Recorded;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::row::{Row, Stay, after};
use crate::error::ProjectionError;
use crate::model::{Grain, OnPoison, ReadModel, Step, Table};
use crate::rows;

/// The read model `access_definitions`.
#[derive(Debug, Clone, Copy)]
pub struct AccessDefinitions;

const NAME: &str = "access_definitions";

const TYPES: &[&str] = &[
    Role::TYPE,
    SodRule::TYPE,
    DenyRule::TYPE,
    AccessGroup::TYPE,
    AccessTemplate::TYPE,
    ResourceType::TYPE,
    AccessPolicy::TYPE,
    AssignmentRule::TYPE,
];

#[async_trait]
impl ReadModel for AccessDefinitions {
    fn name(&self) -> &'static str {
        NAME
    }

    fn version(&self) -> i32 {
        1
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/access_definitions.v1.sql")
    }

    fn tables(&self) -> &'static [Table] {
        const {
            &[
                Table {
                    name: "access_definitions",
                    key: &["definition_id", "version"],
                    stream: Some("definition_id"),
                },
                Table {
                    name: "access_members",
                    key: &["group_id", "member", "since_seq"],
                    stream: Some("group_id"),
                },
            ]
        }
    }

    fn grain(&self) -> Grain {
        Grain::Stream
    }

    fn on_poison(&self) -> OnPoison {
        OnPoison::Park
    }

    fn types(&self) -> &'static [&'static str] {
        TYPES
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let ids = if step.fresh { Vec::new() } else { rows::ids(batch, concerns) };
        let before = rows::touched(conn, NAME, include_str!("sql/touched.sql"), &ids).await?;
        let mut found = Found { before, ..Found::default() };
        for recorded in batch.iter().filter(|recorded| concerns(&recorded.fact)) {
            found.add(recorded)?;
        }
        let written = [
            found.ended,
            rows::stored(found.rows.iter()),
            found.left,
            rows::stored(found.stays.iter()),
        ];
        rows::write(conn, include_str!("sql/write.sql"), step, written).await
    }
}

fn concerns(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Role(..)
            | Fact::SodRule(..)
            | Fact::DenyRule(..)
            | Fact::AccessGroup(..)
            | Fact::AccessTemplate(..)
            | Fact::ResourceType(..)
            | Fact::AccessPolicy(_)
            | Fact::AssignmentRule(..)
    )
}

/// What a batch comes to.
#[derive(Debug, Default)]
struct Found {
    /// What was so before it.
    before: BTreeMap<Uuid, Row>,
    rows: Vec<Row>,
    /// Where each definition's last row of the batch stands.
    last: BTreeMap<Uuid, usize>,
    /// What is so no longer, of what was before the batch.
    ended: Vec<Value>,
    stays: Vec<Stay>,
    /// Likewise.
    left: Vec<Value>,
}

impl Found {
    fn add(&mut self, recorded: &Recorded) -> Result<(), ProjectionError> {
        let (id, at) = (recorded.fact.stream(), recorded.global_seq);
        let last = self.last.get(&id).copied();
        let before = last.map(|place| &self.rows[place]).or_else(|| self.before.get(&id));
        let after = after(before, recorded).map_err(|_| ProjectionError::Row(NAME))?;
        let Some(row) = after else { return Ok(()) };
        match last {
            Some(place) => self.rows[place].defined.until_seq = Some(at),
            None => self.ended.push(json!({"definition_id": id, "until_seq": at})),
        }
        self.last.insert(id, self.rows.len());
        self.rows.push(row);
        if let Fact::AccessGroup(_, event) = &recorded.fact {
            self.add_member(id, event, at);
        }
        Ok(())
    }

    fn add_member(&mut self, group: Uuid, event: &AccessGroupEvent, at: i64) {
        match event {
            AccessGroupEvent::MemberAdded(added) => self.stays.push(Stay {
                group_id: group,
                member: added.member.to_string(),
                since_seq: at,
                until_seq: None,
            }),
            AccessGroupEvent::MemberRemoved(removed) => {
                let member = removed.member.to_string();
                let stays = |stay: &&mut Stay| {
                    stay.group_id == group && stay.member == member && stay.until_seq.is_none()
                };
                match self.stays.iter_mut().find(stays) {
                    Some(stay) => stay.until_seq = Some(at),
                    None => self
                        .left
                        .push(json!({"group_id": group, "member": member, "until_seq": at})),
                }
            }
            AccessGroupEvent::Defined(_)
            | AccessGroupEvent::Redefined(_)
            | AccessGroupEvent::PopulationChosen(_)
            | AccessGroupEvent::Retired(_) => {}
        }
    }
}
