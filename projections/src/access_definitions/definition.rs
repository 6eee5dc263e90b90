//! What the nouns have in common, and where each says it.

use std::fmt::Debug;

use cqrs_es::Aggregate;
use domain::access_group::{self, AccessGroup};
use domain::access_policy::AccessPolicy;
use domain::access_template::{self, AccessTemplate};
use domain::assignment_rule::{self, AssignmentRule};
use domain::deny_rule::{self, DenyRule};
use domain::resource_type::{self, ResourceType};
use domain::role::{self, Role};
use domain::sod_rule::{self, SodRule};

/// Something that says who may do what; [`Aggregate::TYPE`] is its noun.
pub trait Definition: Aggregate + 'static {
    /// What there is once it is defined.
    type Body: Clone + Debug + PartialEq + Send + Sync + 'static;

    /// What it is called, and whether it is over; none before it is defined.
    fn called(&self) -> Option<(String, bool)>;

    /// What there is; none before it is defined.
    fn into_body(self) -> Option<Self::Body>;

    /// Of it, what is kept in its row.
    #[must_use]
    fn kept(self) -> Self {
        self
    }
}

impl Definition for Role {
    type Body = role::state::Body;

    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.name.clone(), body.retired))
    }

    fn into_body(self) -> Option<Self::Body> {
        self.0.map(|body| *body)
    }
}

impl Definition for SodRule {
    type Body = sod_rule::state::Body;

    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.name.clone(), body.retired))
    }

    fn into_body(self) -> Option<Self::Body> {
        self.0.map(|body| *body)
    }
}

impl Definition for DenyRule {
    type Body = deny_rule::state::Body;

    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.name.clone(), body.retired))
    }

    fn into_body(self) -> Option<Self::Body> {
        self.0.map(|body| *body)
    }
}

impl Definition for AccessTemplate {
    type Body = access_template::state::Body;

    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.name.clone(), body.retired))
    }

    fn into_body(self) -> Option<Self::Body> {
        self.0.map(|body| *body)
    }
}

impl Definition for ResourceType {
    type Body = resource_type::state::Body;

    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.definition.full_name(), body.retired))
    }

    fn into_body(self) -> Option<Self::Body> {
        self.0.map(|body| *body)
    }
}

impl Definition for AccessGroup {
    type Body = access_group::state::Body;

    fn called(&self) -> Option<(String, bool)> {
        self.0.as_deref().map(|body| (body.name.clone(), body.retired))
    }

    fn into_body(self) -> Option<Self::Body> {
        self.0.map(|body| *body)
    }

    /// Its members have rows of their own.
    fn kept(mut self) -> Self {
        if let Some(body) = self.0.as_deref_mut() {
            body.members.clear();
        }
        self
    }
}

impl Definition for AssignmentRule {
    type Body = assignment_rule::state::Body;

    /// By what is in force; before anything is, by what waits.
    fn called(&self) -> Option<(String, bool)> {
        let body = self.0.as_deref()?;
        let waiting = body.waiting.as_ref().map(|waiting| &waiting.definition);
        let definition = body.current.as_ref().or(waiting);
        let name = definition.map(|definition| definition.name.clone());
        Some((name.unwrap_or_default(), body.retired))
    }

    fn into_body(self) -> Option<Self::Body> {
        self.0.map(|body| *body)
    }
}

impl Definition for AccessPolicy {
    type Body = Self;

    /// There is one, and it needs no name.
    fn called(&self) -> Option<(String, bool)> {
        Some((Self::TYPE.to_owned(), false))
    }

    fn into_body(self) -> Option<Self> {
        Some(self)
    }
}
