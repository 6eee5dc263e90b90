//! The interface of everything that has an id.

use async_graphql::{Context, ID, Interface, Result};
use domain::access::Permission;
use projections::cis::At;

use crate::graphql::access::reads_some;
use crate::graphql::access_group::AccessGroup;
use crate::graphql::access_request::AccessRequest;
use crate::graphql::access_template::AccessTemplate;
use crate::graphql::assignment_rule::AssignmentRule;
use crate::graphql::baseline::Baseline;
use crate::graphql::calendar::Calendar;
use crate::graphql::ci::Ci;
use crate::graphql::ci_class::CiClass;
use crate::graphql::conversation::{self, Comment};
use crate::graphql::definition;
use crate::graphql::deny_rule::DenyRule;
use crate::graphql::erasure::Erasure;
use crate::graphql::evidence_hold::EvidenceHold;
use crate::graphql::field::CustomField;
use crate::graphql::id::GlobalId;
use crate::graphql::loader;
use crate::graphql::macros::Macro;
use crate::graphql::person::Person;
use crate::graphql::recurrence::Recurrence;
use crate::graphql::resource_type::ResourceType;
use crate::graphql::role::AccessRole;
use crate::graphql::service_account::ServiceAccount;
use crate::graphql::sla_plan::SlaPlan;
use crate::graphql::sod_rule::SodRule;
use crate::graphql::subject::Subject;
use crate::graphql::sync_source::SyncSource;
use crate::graphql::template::Template;
use crate::graphql::ticket::Ticket;
use crate::graphql::unit::Unit;

/// Anything with an id.
#[derive(Interface)]
#[expect(clippy::large_enum_variant, reason = "at most a hundred at once, each moved once")]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque and global."))]
pub(super) enum Node {
    Ticket(Ticket),
    Person(Person),
    Unit(Unit),
    Subject(Subject),
    Comment(Comment),
    CustomField(CustomField),
    Template(Template),
    Macro(Macro),
    Calendar(Calendar),
    SlaPlan(SlaPlan),
    Recurrence(Recurrence),
    CiClass(CiClass),
    Ci(Ci),
    SyncSource(SyncSource),
    ServiceAccount(ServiceAccount),
    Baseline(Baseline),
    AccessRequest(AccessRequest),
    AccessRole(AccessRole),
    SodRule(SodRule),
    DenyRule(DenyRule),
    AccessGroup(AccessGroup),
    AccessTemplate(AccessTemplate),
    ResourceType(ResourceType),
    AssignmentRule(AssignmentRule),
    Erasure(Erasure),
    EvidenceHold(EvidenceHold),
}

/// The node, if there is one that the caller may see.
pub(super) async fn load(cx: &Context<'_>, id: GlobalId) -> Result<Option<Node>> {
    Ok(match id {
        GlobalId::Ticket(id) => loader::ticket(cx, id).await?.map(Node::Ticket),
        GlobalId::Person(id) => loader::seen_person(cx, id).await?.map(Node::Person),
        GlobalId::Unit(id) => loader::unit(cx, id).await?.map(Node::Unit),
        GlobalId::Subject(id) if reads_some(cx, Permission::SubjectRead) => {
            loader::subject(cx, id).await?.map(Node::Subject)
        }
        GlobalId::Subject(_) => None,
        GlobalId::Comment(id) => conversation::comment(cx, id).await?.map(Node::Comment),
        GlobalId::CustomField(id) => loader::custom_field(cx, id).await?.map(Node::CustomField),
        GlobalId::Template(id) => loader::template(cx, id).await?.map(Node::Template),
        GlobalId::Macro(id) => loader::macro_of(cx, id).await?.map(Node::Macro),
        GlobalId::Calendar(id) => loader::calendar(cx, id).await?.map(Node::Calendar),
        GlobalId::SlaPlan(id) => loader::sla_plan(cx, id).await?.map(Node::SlaPlan),
        GlobalId::Recurrence(id) => loader::recurrence(cx, id).await?.map(Node::Recurrence),
        GlobalId::CiClass(id) => loader::ci_class(cx, id).await?.map(Node::CiClass),
        GlobalId::Ci(id) => loader::ci(cx, id).await?.map(Node::Ci),
        GlobalId::SyncSource(id) => loader::sync_source(cx, id).await?.map(Node::SyncSource),
        GlobalId::ServiceAccount(id) => {
            loader::service_account(cx, id).await?.map(Node::ServiceAccount)
        }
        GlobalId::Baseline(id) => loader::baseline(cx, id).await?.map(Node::Baseline),
        GlobalId::AccessRequest(id) => {
            loader::access_request(cx, id).await?.map(Node::AccessRequest)
        }
        GlobalId::AccessRole(id) => definition::one(cx, id.0, At::Now).await?.map(Node::AccessRole),
        GlobalId::SodRule(id) => definition::one(cx, id.0, At::Now).await?.map(Node::SodRule),
        GlobalId::DenyRule(id) => definition::one(cx, id.0, At::Now).await?.map(Node::DenyRule),
        GlobalId::AccessGroup(id) => {
            definition::one(cx, id.0, At::Now).await?.map(Node::AccessGroup)
        }
        GlobalId::AccessTemplate(id) => {
            definition::one(cx, id.0, At::Now).await?.map(Node::AccessTemplate)
        }
        GlobalId::ResourceType(id) => {
            definition::one(cx, id.0, At::Now).await?.map(Node::ResourceType)
        }
        GlobalId::AssignmentRule(id) => {
            definition::one(cx, id.0, At::Now).await?.map(Node::AssignmentRule)
        }
        GlobalId::Erasure(id) => loader::erasure(cx, id).await?.map(Node::Erasure),
        GlobalId::EvidenceHold(id) => loader::evidence_hold(cx, id).await?.map(Node::EvidenceHold),
    })
}
