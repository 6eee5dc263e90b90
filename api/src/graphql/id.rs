//! Opaque global ids: base64url of `Ticket:<uuid>`. Only this file knows their shape.

use std::collections::BTreeSet;

use async_graphql::ID;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access::model::AccessSubject;
use domain::kernel::{
    AccessGroupId, AccessRequestId, AccessTemplateId, AssignmentRuleId, AttachmentId, BaselineId,
    CalendarId, CiClassId, CiId, CommentId, DenyRuleId, ErasureId, EvidenceHoldId, ExceptionId,
    FieldId, GrantId, MacroId, PersonId, QueueId, RecurrenceId, ResourceTypeId, RoleId,
    ServiceAccountId, ServiceTokenId, SlaPlanId, SodRuleId, SubjectId, SyncSourceId, TemplateId,
    TicketId, UnitId,
};
use uuid::Uuid;

/// What the ids of files begin with.
const ATTACHMENT: &str = "Attachment";

/// What the ids of sessions begin with.
const SESSION: &str = "Session";

/// What the ids of jobs begin with.
const JOB: &str = "Job";

/// What the ids of notices begin with.
const NOTICE: &str = "Notice";

/// What the ids of dead letters begin with.
const DEAD_LETTER: &str = "DeadLetter";

/// What the ids of tokens of service accounts begin with.
const SERVICE_TOKEN: &str = "ServiceToken";

/// What the ids of grants begin with.
const GRANT: &str = "AccessGrant";

/// What the ids of exceptions begin with.
const EXCEPTION: &str = "AccessException";

/// What the ids of saved queues begin with.
const QUEUE: &str = "Queue";

/// A text that is no id, or the id of something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a {}", .0.replace('_', " "))]
pub(super) struct BadId(pub(super) &'static str);

/// Anything that has a global id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum GlobalId {
    Ticket(TicketId),
    Person(PersonId),
    Unit(UnitId),
    Subject(SubjectId),
    Comment(CommentId),
    CustomField(FieldId),
    Template(TemplateId),
    Macro(MacroId),
    Calendar(CalendarId),
    SlaPlan(SlaPlanId),
    Recurrence(RecurrenceId),
    CiClass(CiClassId),
    Ci(CiId),
    SyncSource(SyncSourceId),
    ServiceAccount(ServiceAccountId),
    Baseline(BaselineId),
    AccessRequest(AccessRequestId),
    AccessRole(RoleId),
    SodRule(SodRuleId),
    DenyRule(DenyRuleId),
    AccessGroup(AccessGroupId),
    AccessTemplate(AccessTemplateId),
    ResourceType(ResourceTypeId),
    AssignmentRule(AssignmentRuleId),
    Erasure(ErasureId),
    EvidenceHold(EvidenceHoldId),
}

/// An identity of one noun.
pub(crate) trait Identity: Copy + Into<GlobalId> {
    /// The noun, for a sentence.
    const NOUN: &'static str;

    /// The identity, if the global one is of this noun.
    fn narrow(id: GlobalId) -> Option<Self>;
}

macro_rules! identities {
    ($($variant:ident, $id:ident, $aggregate:literal;)+) => {
        impl GlobalId {
            /// From the type and identity of a stream; none for streams that are no nodes.
            pub(super) fn of_stream(aggregate_type: &str, id: Uuid) -> Option<Self> {
                match aggregate_type {
                    $($aggregate => Some(Self::$variant($id(id))),)+
                    _ => None,
                }
            }

            /// The identity of the stream.
            pub(super) fn uuid(self) -> Uuid {
                match self { $(Self::$variant($id(id)) => id,)+ }
            }

            fn named(name: &str, id: Uuid) -> Option<Self> {
                match name {
                    $(stringify!($variant) => Some(Self::$variant($id(id))),)+
                    _ => None,
                }
            }

            fn name(self) -> &'static str {
                match self { $(Self::$variant(_) => stringify!($variant),)+ }
            }
        }

        $(
            impl From<$id> for GlobalId {
                fn from(id: $id) -> Self {
                    Self::$variant(id)
                }
            }

            impl Identity for $id {
                const NOUN: &'static str = $aggregate;

                fn narrow(id: GlobalId) -> Option<Self> {
                    match id {
                        GlobalId::$variant(id) => Some(id),
                        _ => None,
                    }
                }
            }
        )+
    };
}

identities! {
    Ticket, TicketId, "ticket";
    Person, PersonId, "person";
    Unit, UnitId, "unit";
    Subject, SubjectId, "subject";
    Comment, CommentId, "comment";
    CustomField, FieldId, "custom_field";
    Template, TemplateId, "template";
    Macro, MacroId, "macro";
    Calendar, CalendarId, "calendar";
    SlaPlan, SlaPlanId, "sla_plan";
    Recurrence, RecurrenceId, "recurrence";
    CiClass, CiClassId, "ci_class";
    Ci, CiId, "ci";
    SyncSource, SyncSourceId, "sync_source";
    ServiceAccount, ServiceAccountId, "service_account";
    Baseline, BaselineId, "baseline";
    AccessRequest, AccessRequestId, "access_request";
    AccessRole, RoleId, "role";
    SodRule, SodRuleId, "sod_rule";
    DenyRule, DenyRuleId, "deny_rule";
    AccessGroup, AccessGroupId, "access_group";
    AccessTemplate, AccessTemplateId, "access_template";
    ResourceType, ResourceTypeId, "resource_type";
    AssignmentRule, AssignmentRuleId, "assignment_rule";
    Erasure, ErasureId, "erasure";
    EvidenceHold, EvidenceHoldId, "evidence_hold";
}

impl GlobalId {
    /// Reads what [`encode`] wrote, and nothing else: one thing has one id.
    pub(super) fn decode(id: &ID) -> Result<Self, BadId> {
        let fault = BadId("node");
        let bytes = URL_SAFE_NO_PAD.decode(id.as_str()).map_err(|_| fault)?;
        let text = String::from_utf8(bytes).map_err(|_| fault)?;
        let (name, uuid) = text.split_once(':').ok_or(fault)?;
        let uuid = Uuid::parse_str(uuid).map_err(|_| fault)?;
        let decoded = Self::named(name, uuid).ok_or(fault)?;
        if encode(decoded) == *id { Ok(decoded) } else { Err(fault) }
    }
}

/// The global id of anything that has one.
pub(super) fn encode(id: impl Into<GlobalId>) -> ID {
    let id = id.into();
    ID(URL_SAFE_NO_PAD.encode(format!("{}:{}", id.name(), id.uuid())))
}

/// The id of a session: opaque like the others, and no node.
pub(super) fn encode_session(id: Uuid) -> ID {
    encode_named(SESSION, id)
}

/// The session of an id.
pub(super) fn decode_session(id: &ID) -> Result<Uuid, BadId> {
    decode_named(SESSION, id).ok_or(BadId("session"))
}

/// The id of a job: opaque like the others, and no node.
pub(super) fn encode_job(id: Uuid) -> ID {
    encode_named(JOB, id)
}

/// The job of an id.
pub(super) fn decode_job(id: &ID) -> Result<Uuid, BadId> {
    decode_named(JOB, id).ok_or(BadId("job"))
}

/// The id of a saved queue, which is its key: opaque like the others, and no node.
pub(super) fn encode_queue(id: QueueId) -> ID {
    encode_named(QUEUE, id.0)
}

/// The saved queue of an id.
pub(super) fn decode_queue(id: &ID) -> Result<QueueId, BadId> {
    decode_named(QUEUE, id).map(QueueId).ok_or(BadId("queue"))
}

/// The id of a service account's token: opaque like the others, no node, and not its secret.
pub(super) fn encode_service_token(id: ServiceTokenId) -> ID {
    encode_named(SERVICE_TOKEN, id.0)
}

/// The token of an id.
pub(super) fn decode_service_token(id: &ID) -> Result<ServiceTokenId, BadId> {
    decode_named(SERVICE_TOKEN, id).map(ServiceTokenId).ok_or(BadId("service_token"))
}

/// The id of a grant, which says whose it is: opaque like the others, and no node.
pub(super) fn encode_grant(subject: AccessSubject, id: GrantId) -> ID {
    encode_of(GRANT, subject, id.0)
}

/// The grant of an id, and whose it is.
pub(super) fn decode_grant(id: &ID) -> Result<(AccessSubject, GrantId), BadId> {
    let of = decode_of(GRANT, id).ok_or(BadId("access_grant"))?;
    Ok((of.0, GrantId(of.1)))
}

/// The id of an exception, which says for whom it is: opaque like the others, and no node.
pub(super) fn encode_exception(subject: AccessSubject, id: ExceptionId) -> ID {
    encode_of(EXCEPTION, subject, id.0)
}

/// The exception of an id, and for whom it is.
pub(super) fn decode_exception(id: &ID) -> Result<(AccessSubject, ExceptionId), BadId> {
    let of = decode_of(EXCEPTION, id).ok_or(BadId("access_exception"))?;
    Ok((of.0, ExceptionId(of.1)))
}

fn encode_of(name: &str, subject: AccessSubject, id: Uuid) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{name}:{subject}:{id}")))
}

fn decode_of(name: &str, id: &ID) -> Option<(AccessSubject, Uuid)> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
    let (subject, uuid) = text.strip_prefix(name)?.strip_prefix(':')?.rsplit_once(':')?;
    let (subject, uuid) = (subject.parse().ok()?, Uuid::parse_str(uuid).ok()?);
    (encode_of(name, subject, uuid) == *id).then_some((subject, uuid))
}

/// The id of a file of a ticket: opaque like the others, and no node.
pub(super) fn encode_attachment(id: AttachmentId) -> ID {
    encode_named(ATTACHMENT, id.0)
}

/// The file of an id.
pub(super) fn decode_attachment(id: &ID) -> Result<AttachmentId, BadId> {
    decode_named(ATTACHMENT, id).map(AttachmentId).ok_or(BadId("attachment"))
}

/// The schema's name of a type whose objects have a global id; none for others.
pub(crate) fn object_type(name: &str) -> Option<&'static str> {
    let noun = GlobalId::named(name, Uuid::nil()).map(GlobalId::name);
    noun.or((name == QUEUE).then_some(QUEUE))
}

/// The identity of one noun, from its global id or from the bare one that its events have.
pub(crate) fn identity<T: Identity>(text: &str) -> Option<T> {
    let bare = || GlobalId::of_stream(T::NOUN, Uuid::parse_str(text).ok()?);
    GlobalId::decode(&ID::from(text)).ok().or_else(bare).and_then(T::narrow)
}

/// The global id of anything that has one, where GraphQL is not spoken.
pub(crate) fn global_id(id: impl Into<GlobalId>) -> String {
    encode(id).0
}

/// The global id of an object of such a type.
pub(crate) fn global_of(object_type: &'static str, id: Uuid) -> String {
    encode_named(object_type, id).0
}

/// The tickets whose ids these are; other texts count for nothing.
pub(crate) fn tickets_among<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<TicketId> {
    texts.into_iter().filter_map(|text| decode(&ID::from(text)).ok()).collect()
}

fn encode_named(name: &str, id: Uuid) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{name}:{id}")))
}

fn decode_named(name: &str, id: &ID) -> Option<Uuid> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
    let (named, uuid) = text.split_once(':')?;
    let uuid = Uuid::parse_str(uuid).ok()?;
    (named == name && encode_named(name, uuid) == *id).then_some(uuid)
}

/// The id of one's notice of an event: opaque like the others, and no node.
pub(super) fn encode_notice(global_seq: i64) -> ID {
    encode_number(NOTICE, global_seq)
}

/// The number of the event that a notice is of.
pub(super) fn decode_notice(id: &ID) -> Result<i64, BadId> {
    decode_number(NOTICE, id).ok_or(BadId("notice"))
}

/// The id of a dead letter: opaque like the others, and no node.
pub(super) fn encode_dead_letter(number: i64) -> ID {
    encode_number(DEAD_LETTER, number)
}

/// The number of a dead letter.
pub(super) fn decode_dead_letter(id: &ID) -> Result<i64, BadId> {
    decode_number(DEAD_LETTER, id).ok_or(BadId("dead_letter"))
}

fn encode_number(name: &str, number: i64) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{name}:{number}")))
}

fn decode_number(name: &str, id: &ID) -> Option<i64> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
    let (named, number) = text.split_once(':')?;
    let number = number.parse().ok()?;
    (named == name && encode_number(name, number) == *id).then_some(number)
}

/// The identity of one noun, from its global id.
pub(super) fn decode<T: Identity>(id: &ID) -> Result<T, BadId> {
    let fault = BadId(T::NOUN);
    GlobalId::decode(id).ok().and_then(T::narrow).ok_or(fault)
}
