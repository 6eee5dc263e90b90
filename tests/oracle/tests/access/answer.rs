//! What Cedar says, one question at a time.

use std::collections::BTreeSet;

use cedar_policy::{Authorizer, Context, Decision, Entities, PolicySet, Request, Response};
use chrono::Timelike;

use super::decide::Holdings;
use super::entities::{entities, number, record, text, texts, uid};
use super::generated::Generated;
use super::model::{ActionClass, ActionInfo, FieldName, Weight};
use super::policies::policies;
use crate::kernel::GrantId;

/// The second opinion.
pub(super) struct Answer {
    pub(super) allowed: bool,
    /// The rest is said of what is allowed.
    pub(super) grants: Vec<GrantId>,
    pub(super) fields: Vec<FieldName>,
    pub(super) masked: Vec<FieldName>,
    pub(super) weight: Weight,
}

pub(super) fn of(case: &Generated) -> Answer {
    let world = case.world();
    let registry = world.rules().registry();
    let info = registry.info(registry.find(&case.action).expect("only what there is is asked for"));
    Asking { case, info, policies: policies(case), entities: entities(case, info) }.answer()
}

struct Asking<'a> {
    case: &'a Generated,
    info: &'a ActionInfo,
    policies: PolicySet,
    entities: Entities,
}

/// What is known from the questions before, by the keys of those who delegated.
#[derive(Default)]
struct Known {
    /// They may have to do with the type.
    function_above: BTreeSet<String>,
    /// They may do it themselves.
    able: BTreeSet<String>,
    /// The field is not denied to them.
    free_above: BTreeSet<String>,
}

impl Asking<'_> {
    fn answer(&self) -> Answer {
        let (case, asker) = (self.case, &self.case.holdings);
        let mut known = Known::default();
        let above = |check: &str, field: &str| {
            let may = |it: &&Holdings| self.allows(it, check, field, &Known::default());
            let delegators = case.holdings.delegators.iter().filter(may);
            let keys = delegators.filter_map(|it| it.subject.person());
            keys.map(|person| person.to_string()).collect::<BTreeSet<_>>()
        };
        known.function_above = above("function", "");
        known.able = &above("grant", "") & &known.function_above;
        let grant = self.ask(asker, "grant", "", &known);
        let permits = |field: &&FieldName| {
            let free_above = above("field_free", field.as_str());
            let known = Known {
                free_above,
                function_above: known.function_above.clone(),
                able: known.able.clone(),
            };
            self.allows(asker, "field", field.as_str(), &known)
        };
        let (fields, masked): (Vec<_>, Vec<_>) = case.fields.iter().partition(permits);
        let allowed = grant.decision() == Decision::Allow
            && self.allows(asker, "function", "", &known)
            && (self.info.class != ActionClass::Approval
                || self.allows(asker, "level", "", &known))
            && (self.info.is_read || masked.is_empty());
        let steers = self.allows(asker, "steering", "", &known);
        Answer {
            allowed,
            grants: determining(&grant),
            fields: fields.into_iter().cloned().collect(),
            masked: masked.into_iter().cloned().collect(),
            weight: if steers { Weight::Steering } else { Weight::Ordinary },
        }
    }

    fn allows(&self, who: &Holdings, check: &str, field: &str, known: &Known) -> bool {
        self.ask(who, check, field, known).decision() == Decision::Allow
    }

    fn ask(&self, who: &Holdings, check: &str, field: &str, known: &Known) -> Response {
        let case = self.case;
        let action = match check {
            "function" => case.action.function(),
            _ => case.action.clone(),
        };
        let seconds = i64::from(case.at.num_seconds_from_midnight());
        let humans = [case.holdings.human, case.session.acting_for];
        let context = [
            ("check", text(check)),
            ("field", text(field)),
            ("now", number(case.at.timestamp_micros())),
            ("clocks", record([("UTC".to_owned(), number(seconds))])),
            ("met", texts(case.session.met.iter())),
            ("humans", texts(humans.into_iter().flatten().map(|human| human.0))),
            ("function_above", texts(&known.function_above)),
            ("able", texts(&known.able)),
            ("free_above", texts(&known.free_above)),
        ];
        let context = context.map(|(name, value)| (name.to_owned(), value));
        let context = Context::from_pairs(context).expect("plain values, each once");
        let principal = uid("Subject", &who.subject.to_string());
        let action = uid("Action", action.as_str());
        let request = Request::new(principal, action, uid("Object", "o"), context, None);
        let request = request.expect("without a schema every request is one");
        Authorizer::new().is_authorized(&request, &self.policies, &self.entities)
    }
}

/// The grants whose permits are satisfied.
fn determining(response: &Response) -> Vec<GrantId> {
    let ids = response.diagnostics().reason().filter_map(|policy| {
        let id = policy.to_string();
        let (id, _) = id.split_once('#')?;
        id.parse().ok().map(GrantId)
    });
    ids.collect::<BTreeSet<_>>().into_iter().collect()
}
