//! What is answered, and why.

use std::fmt;

use serde::Serialize;

use crate::access::model::{ConditionFault, FieldName, Obligation, ObligationSet, Weight};
use crate::kernel::words::words;
use crate::kernel::{DenyRuleId, GrantId, SodRuleId};

words! {
    /// Whether it may be done.
    Effect {
        /// It may.
        Allow,
        /// It may not.
        Deny,
    }
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it may be done.
    pub effect: Effect,
    /// Which gate failed first; none: all passed.
    pub reason: Option<Reason>,
    /// With what weight; of a deny, the least.
    pub standing: Weight,
    /// Which grants permit it, in the order of their identities.
    pub grants: Vec<GrantId>,
    /// What may be seen or set of what was asked for.
    pub fields: FieldAnswer,
    /// What goes with it.
    pub obligations: ObligationSet,
    /// What could not be answered on the way there.
    pub faults: Vec<Fault>,
    /// As of which position of the log.
    pub revision: u64,
}

/// Which of the fields that were asked for are permitted, in the order they were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FieldAnswer {
    /// These.
    pub allowed: Vec<FieldName>,
    /// Not these; of a read, they are left out of the answer.
    pub masked: Vec<FieldName>,
}

/// Why not; its display form is the reason code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// `gate.…`: the question is not even looked into.
    Gate(Gate),
    /// `no_function`: nothing to do with this type of things.
    NoFunction,
    /// `hard_deny:<id>`
    HardDeny(DenyRuleId),
    /// `revoked`: but for that, a grant would do.
    Revoked,
    /// `expired`: but for that, a grant would do.
    Expired,
    /// `out_of_scope`: a grant that holds elsewhere, or standing otherwise, would do.
    OutOfScope,
    /// `no_grant`
    NoGrant,
    /// `ceiling`
    Ceiling,
    /// `soft_deny:<id>`
    SoftDeny(DenyRuleId),
    /// `dsod:<id>`: another duty was done on the object.
    Duty(SodRuleId),
    /// `level`
    Level,
    /// `fields:<names>`, in the order of their names.
    Fields(Vec<FieldName>),
    /// `obligation:<name>`: the first that is not met, of the least demanding grant.
    Obligation(Obligation),
}

/// Why a question is not even looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// `gate.unknown_action`
    UnknownAction,
    /// `gate.credential`
    Credential,
    /// `gate.subject_state`
    SubjectState,
    /// `gate.non_human_approver`
    NonHumanApprover,
}

/// A condition that could not be answered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Whose condition it is.
    pub source: Source,
    /// What is wrong.
    pub fault: ConditionFault,
}

/// What has conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A grant: it permits nothing here.
    Grant(GrantId),
    /// A rule that denies: it denies here.
    Deny(DenyRuleId),
}

impl Decision {
    /// Whether it may be done.
    pub fn is_allowed(&self) -> bool {
        self.effect == Effect::Allow
    }

    /// The reason code; none: it may be done.
    pub fn reason_code(&self) -> Option<String> {
        self.reason.as_ref().map(Reason::to_string)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gate(gate) => gate.fmt(f),
            Self::NoFunction => f.write_str("no_function"),
            Self::HardDeny(id) => write!(f, "hard_deny:{id}"),
            Self::Revoked => f.write_str("revoked"),
            Self::Expired => f.write_str("expired"),
            Self::OutOfScope => f.write_str("out_of_scope"),
            Self::NoGrant => f.write_str("no_grant"),
            Self::Ceiling => f.write_str("ceiling"),
            Self::SoftDeny(id) => write!(f, "soft_deny:{id}"),
            Self::Duty(id) => write!(f, "dsod:{id}"),
            Self::Level => f.write_str("level"),
            Self::Fields(names) => {
                let names: Vec<&str> = names.iter().map(FieldName::as_str).collect();
                write!(f, "fields:{}", names.join(","))
            }
            Self::Obligation(Obligation::StepUpMfa) => f.write_str("obligation:step_up_mfa"),
            Self::Obligation(Obligation::ReasonRequired) => {
                f.write_str("obligation:reason_required")
            }
            Self::Obligation(Obligation::Watch) => f.write_str("obligation:watch"),
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownAction => "gate.unknown_action",
            Self::Credential => "gate.credential",
            Self::SubjectState => "gate.subject_state",
            Self::NonHumanApprover => "gate.non_human_approver",
        })
    }
}
