//! Moving: where a person works from then on, and what comes with the new place.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use domain::kernel::{AccessTemplateId, UnitId};

use crate::graphql::input::{one_way, several};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;

/// Whoever belongs to more is better joined to them one by one.
const UNITS_MAX: usize = 50;
/// Likewise.
const TEMPLATES_MAX: usize = 10;

/// Somebody of the staff who works elsewhere.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonMoveInput {
    /// Who.
    pub(in crate::graphql::person) person_id: ID,
    /// The units that they belong to, at most 50: they join these at once and leave all others. Absent:
    /// those they are in.
    unit_ids: Option<Vec<ID>>,
    /// The position they have at once, at most 200 characters; absent: the one they have.
    pub(in crate::graphql::person) position: Option<String>,
    /// From when on the new place counts for their access, within a year; absent: from now on.
    pub(in crate::graphql::person) from: Option<DateTime<Utc>>,
    /// How many days longer they keep what rules give them no more, 0 to 30.
    #[graphql(default)]
    pub(in crate::graphql::person) grace_days: u8,
    /// Access templates of the new place, at most 10, applied from then on; what they grant takes what
    /// `applyAccessTemplate` does.
    template_ids: Option<Vec<ID>>,
    #[graphql(flatten)]
    pub(in crate::graphql::person) common: Common,
}

impl PersonMoveInput {
    /// The units, each once, if anything is said of them.
    pub(in crate::graphql::person) fn units(&self) -> Result<Option<BTreeSet<UnitId>>, UserError> {
        let Some(ids) = self.unit_ids.as_deref() else { return Ok(None) };
        let units: BTreeSet<UnitId> = several("unitIds", Some(ids))?;
        if units.len() > UNITS_MAX {
            return Err(one_way("unitIds", "a person joins at most 50 units at once"));
        }
        Ok(Some(units))
    }

    /// The templates to look up, each once.
    pub(in crate::graphql::person) fn templates(
        &self,
    ) -> Result<BTreeSet<AccessTemplateId>, UserError> {
        let templates = several("templateIds", self.template_ids.as_deref())?;
        if templates.len() > TEMPLATES_MAX {
            return Err(one_way("templateIds", "a person gets at most 10 templates at once"));
        }
        Ok(templates)
    }
}
