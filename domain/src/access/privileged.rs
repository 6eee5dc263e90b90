//! What an answer carries a receipt for.

use cqrs_es::Aggregate;

use crate::access_group::AccessGroup;
use crate::access_policy::AccessPolicy;
use crate::access_request::AccessRequest;
use crate::access_template::AccessTemplate;
use crate::assignment_rule::AssignmentRule;
use crate::deny_rule::DenyRule;
use crate::erasure::Erasure;
use crate::evidence_hold::EvidenceHold;
use crate::resource_type::ResourceType;
use crate::role::Role;
use crate::service_account::ServiceAccount;
use crate::sod_rule::SodRule;
use crate::subject_access::SubjectAccess;

/// Aggregates whose every event changes who may do what, or what is left of whom.
const PRIVILEGED: [&str; 13] = [
    AccessGroup::TYPE,
    AccessPolicy::TYPE,
    AccessRequest::TYPE,
    AccessTemplate::TYPE,
    AssignmentRule::TYPE,
    DenyRule::TYPE,
    Erasure::TYPE,
    EvidenceHold::TYPE,
    ResourceType::TYPE,
    Role::TYPE,
    ServiceAccount::TYPE,
    SodRule::TYPE,
    SubjectAccess::TYPE,
];

/// Whether somebody may want to show later that an event of such an aggregate was acknowledged: it
/// gives or takes rights, makes the rules by which they are given, or decides what is erased and what
/// must not be.
pub fn is_privileged(aggregate_type: &str) -> bool {
    PRIVILEGED.contains(&aggregate_type)
}
