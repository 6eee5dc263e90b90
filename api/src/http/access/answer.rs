//! What is told of a decision.

use domain::access::decide::Decision;
use domain::access::model::Obligation;
use serde_json::{Map, Value, json};

/// Of so many grants it is told which they are.
const GRANTS_MAX: usize = 50;

/// There is nobody of that name.
pub(super) const UNKNOWN_SUBJECT: &str = "unknown_subject";
/// There is nothing of that name.
pub(super) const UNKNOWN_RESOURCE: &str = "unknown_resource";

/// The answer to one question: the decision, or why there is none, which is a no.
///
/// Who may not have access explained is told of a no nothing but that: what is not there, and what
/// somebody may not do or see, answer alike, to the byte.
pub(super) fn told(decision: Result<&Decision, &'static str>, explained: bool) -> Value {
    let allowed = decision.is_ok_and(Decision::is_allowed);
    let mut context = Map::new();
    if let Ok(decision) = decision
        && (allowed || explained)
    {
        let fields = &decision.fields;
        if !(fields.allowed.is_empty() && fields.masked.is_empty()) {
            let (permitted, masked) = (&fields.allowed, &fields.masked);
            context.insert("fields".to_owned(), json!({"permitted": permitted, "masked": masked}));
        }
        let obligations: Vec<String> = decision.obligations.iter().map(small).collect();
        if !obligations.is_empty() {
            context.insert("obligations".to_owned(), json!(obligations));
        }
    }
    if explained {
        let reason = match decision {
            Ok(decision) => decision.reason_code(),
            Err(reason) => Some(reason.to_owned()),
        };
        context.extend(reason.map(|reason| ("reason".to_owned(), json!(reason))));
        if let Ok(decision) = decision {
            let grants: Vec<String> =
                decision.grants.iter().take(GRANTS_MAX).map(|grant| grant.to_string()).collect();
            context.insert("grants".to_owned(), json!(grants));
            context.insert("revision".to_owned(), json!(decision.revision.to_string()));
        }
    }
    let mut answer = Map::from_iter([("decision".to_owned(), json!(allowed))]);
    if !context.is_empty() {
        answer.insert("context".to_owned(), context.into());
    }
    answer.into()
}

fn small(obligation: Obligation) -> String {
    <&str>::from(obligation).to_ascii_lowercase()
}
