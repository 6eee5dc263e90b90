//! The bodies of the questions. What is not known is passed over, as the standard wants it.

use serde::Deserialize;
use serde_json::{Map, Value};

/// One question; each part of it may stand beside the list instead when several are asked.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Evaluation {
    pub(super) subject: Option<Entity>,
    pub(super) action: Option<Deed>,
    pub(super) resource: Option<Entity>,
    pub(super) context: Option<Around>,
}

/// Several at once.
#[derive(Debug, Deserialize)]
pub(super) struct Evaluations {
    pub(super) subject: Option<Entity>,
    pub(super) action: Option<Deed>,
    pub(super) resource: Option<Entity>,
    pub(super) context: Option<Around>,
    #[serde(default)]
    pub(super) evaluations: Vec<Evaluation>,
    #[serde(default)]
    pub(super) options: Options,
}

/// How several are answered.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Options {
    #[serde(default)]
    pub(super) evaluations_semantic: Semantic,
}

/// When no more are answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Semantic {
    /// When there are no more.
    #[default]
    ExecuteAll,
    /// After the first no.
    DenyOnFirstDeny,
    /// After the first yes.
    PermitOnFirstPermit,
}

/// Who may, or what somebody may do: a question that leaves something out, and how much of the answer.
#[derive(Debug, Deserialize)]
pub(super) struct Search {
    pub(super) subject: Option<Entity>,
    pub(super) action: Option<Deed>,
    pub(super) resource: Option<Entity>,
    pub(super) context: Option<Around>,
    #[serde(default)]
    pub(super) page: Page,
}

/// How much of the answer, and where the part before ended.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Page {
    pub(super) token: Option<String>,
    pub(super) limit: Option<u32>,
}

/// Somebody, or a thing.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Entity {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) id: Option<String>,
    pub(super) properties: Option<Map<String, Value>>,
}

/// What would be done.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Deed {
    pub(super) name: String,
    pub(super) properties: Option<DeedProperties>,
}

/// What is said of that.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DeedProperties {
    /// Which fields would be read or set.
    #[serde(default)]
    pub(super) fields: Vec<String>,
}

/// How somebody would be there.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Around {
    /// In whose place.
    pub(super) acting_for: Option<Entity>,
    /// What is met already.
    #[serde(default)]
    pub(super) met: Vec<String>,
    /// What a token is for; absent: everything.
    pub(super) ceiling: Option<Vec<String>>,
}

/// What is said of a resource of another system, besides attributes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Known {
    pub(super) unit: Option<String>,
    pub(super) relations: Vec<String>,
    pub(super) risk: Option<u8>,
    pub(super) personal: Vec<String>,
    pub(super) done: Vec<Done>,
    pub(super) required_level: u8,
}

/// A duty that somebody did on it.
#[derive(Debug, Deserialize)]
pub(super) struct Done {
    pub(super) duty: String,
    pub(super) by: Entity,
    pub(super) acting_for: Option<Entity>,
}

impl Known {
    /// The names that are not attributes'.
    pub(super) const NAMES: [&str; 6] =
        ["unit", "relations", "risk", "personal", "done", "required_level"];
}

impl Evaluations {
    /// Each as a whole: what it leaves out stands beside the list. Without a list, that is all.
    pub(super) fn each(&mut self) -> Vec<Evaluation> {
        let beside = Evaluation {
            subject: self.subject.take(),
            action: self.action.take(),
            resource: self.resource.take(),
            context: self.context.take(),
        };
        if self.evaluations.is_empty() {
            return vec![beside];
        }
        let each = std::mem::take(&mut self.evaluations).into_iter().map(|own| Evaluation {
            subject: own.subject.or_else(|| beside.subject.clone()),
            action: own.action.or_else(|| beside.action.clone()),
            resource: own.resource.or_else(|| beside.resource.clone()),
            context: own.context.or_else(|| beside.context.clone()),
        });
        each.collect()
    }
}
