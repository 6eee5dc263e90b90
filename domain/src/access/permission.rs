//! One permission a verb and a read.

use strum::{Display, EnumIter, IntoStaticStr};

/// A permission; its display form is its public name: `ticket.start_work`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display, EnumIter, IntoStaticStr,
)]
#[expect(missing_docs, reason = "each variant is the verb or read its name says")]
pub enum Permission {
    #[strum(serialize = "ticket.open")]
    TicketOpen,
    #[strum(serialize = "ticket.assign")]
    TicketAssign,
    #[strum(serialize = "ticket.start_work")]
    TicketStartWork,
    #[strum(serialize = "ticket.stop_work")]
    TicketStopWork,
    #[strum(serialize = "ticket.pend")]
    TicketPend,
    #[strum(serialize = "ticket.resume")]
    TicketResume,
    #[strum(serialize = "ticket.resolve")]
    TicketResolve,
    #[strum(serialize = "ticket.reopen")]
    TicketReopen,
    #[strum(serialize = "ticket.close")]
    TicketClose,
    #[strum(serialize = "ticket.cancel")]
    TicketCancel,
    #[strum(serialize = "ticket.classify")]
    TicketClassify,
    #[strum(serialize = "ticket.prioritize")]
    TicketPrioritize,
    #[strum(serialize = "ticket.escalate")]
    TicketEscalate,
    #[strum(serialize = "ticket.merge")]
    TicketMerge,
    #[strum(serialize = "ticket.apply_plan")]
    TicketApplyPlan,
    #[strum(serialize = "ticket.read")]
    TicketRead,
    #[strum(serialize = "ticket.tag")]
    TicketTag,
    #[strum(serialize = "ticket.watch")]
    TicketWatch,
    #[strum(serialize = "ticket.link")]
    TicketLink,
    #[strum(serialize = "ticket.link_item")]
    TicketLinkItem,
    #[strum(serialize = "ticket.fill_field")]
    TicketFillField,
    #[strum(serialize = "ticket.attach")]
    TicketAttach,
    #[strum(serialize = "conversation.reply")]
    ConversationReply,
    #[strum(serialize = "conversation.note")]
    ConversationNote,
    #[strum(serialize = "conversation.read_internal")]
    ConversationReadInternal,
    #[strum(serialize = "timeline.read")]
    TimelineRead,
    #[strum(serialize = "event.read")]
    EventRead,
    #[strum(serialize = "projection.read")]
    ProjectionRead,
    #[strum(serialize = "projection.manage")]
    ProjectionManage,
    #[strum(serialize = "person.read")]
    PersonRead,
    #[strum(serialize = "person.read_contacts")]
    PersonReadContacts,
    #[strum(serialize = "person.change_own_password")]
    PersonChangeOwnPassword,
    #[strum(serialize = "person.register")]
    PersonRegister,
    #[strum(serialize = "person.suspend")]
    PersonSuspend,
    #[strum(serialize = "person.restore")]
    PersonRestore,
    #[strum(serialize = "person.leave")]
    PersonLeave,
    #[strum(serialize = "person.change_role")]
    PersonChangeRole,
    #[strum(serialize = "person.rename")]
    PersonRename,
    #[strum(serialize = "person.change_contacts")]
    PersonChangeContacts,
    #[strum(serialize = "person.take_position")]
    PersonTakePosition,
    #[strum(serialize = "person.choose_language")]
    PersonChooseLanguage,
    #[strum(serialize = "person.change_organization")]
    PersonChangeOrganization,
    #[strum(serialize = "person.certify_skill")]
    PersonCertifySkill,
    #[strum(serialize = "person.withdraw_skill")]
    PersonWithdrawSkill,
    #[strum(serialize = "person.assign_tier")]
    PersonAssignTier,
    #[strum(serialize = "person.appoint_deputy")]
    PersonAppointDeputy,
    #[strum(serialize = "person.dismiss_deputy")]
    PersonDismissDeputy,
    #[strum(serialize = "person.link_account")]
    PersonLinkAccount,
    #[strum(serialize = "person.reset_password")]
    PersonResetPassword,
    #[strum(serialize = "unit.read")]
    UnitRead,
    #[strum(serialize = "unit.create")]
    UnitCreate,
    #[strum(serialize = "unit.rename")]
    UnitRename,
    #[strum(serialize = "unit.join")]
    UnitJoin,
    #[strum(serialize = "unit.leave")]
    UnitLeave,
    #[strum(serialize = "unit.appoint_head")]
    UnitAppointHead,
    #[strum(serialize = "unit.dismiss_head")]
    UnitDismissHead,
    #[strum(serialize = "unit.appoint_lead")]
    UnitAppointLead,
    #[strum(serialize = "unit.choose_routing")]
    UnitChooseRouting,
    #[strum(serialize = "unit.close")]
    UnitClose,
    #[strum(serialize = "unit.draw_barrier")]
    UnitDrawBarrier,
    #[strum(serialize = "subject.read")]
    SubjectRead,
    #[strum(serialize = "subject.create")]
    SubjectCreate,
    #[strum(serialize = "subject.rename")]
    SubjectRename,
    #[strum(serialize = "subject.choose_defaults")]
    SubjectChooseDefaults,
    #[strum(serialize = "subject.retire")]
    SubjectRetire,
    #[strum(serialize = "subject.restore")]
    SubjectRestore,
    #[strum(serialize = "settings.read")]
    SettingsRead,
    #[strum(serialize = "settings.establish")]
    SettingsEstablish,
    #[strum(serialize = "settings.change")]
    SettingsChange,
    #[strum(serialize = "queue.read")]
    QueueRead,
    #[strum(serialize = "queue.save")]
    QueueSave,
    #[strum(serialize = "template.read")]
    TemplateRead,
    #[strum(serialize = "template.define")]
    TemplateDefine,
    #[strum(serialize = "macro.read")]
    MacroRead,
    #[strum(serialize = "macro.define")]
    MacroDefine,
    #[strum(serialize = "custom_field.read")]
    CustomFieldRead,
    #[strum(serialize = "custom_field.define")]
    CustomFieldDefine,
    #[strum(serialize = "calendar.read")]
    CalendarRead,
    #[strum(serialize = "calendar.define")]
    CalendarDefine,
    #[strum(serialize = "sla_plan.read")]
    SlaPlanRead,
    #[strum(serialize = "sla_plan.define")]
    SlaPlanDefine,
    #[strum(serialize = "sla_report.what_if")]
    SlaReportWhatIf,
    #[strum(serialize = "ticket_clock.record")]
    TicketClockRecord,
    #[strum(serialize = "sla_report.read")]
    SlaReportRead,
    #[strum(serialize = "kpi.read")]
    KpiRead,
    #[strum(serialize = "ticket.rate")]
    TicketRate,
    #[strum(serialize = "ticket.check_quality")]
    TicketCheckQuality,
    #[strum(serialize = "ticket_quality.read")]
    TicketQualityRead,
    #[strum(serialize = "ticket_quality.sample")]
    TicketQualitySample,
    #[strum(serialize = "recurrence.read")]
    RecurrenceRead,
    #[strum(serialize = "recurrence.define")]
    RecurrenceDefine,
    #[strum(serialize = "recurrence.see_to")]
    RecurrenceSeeTo,
    #[strum(serialize = "ci.read")]
    CiRead,
    #[strum(serialize = "ci.register")]
    CiRegister,
    #[strum(serialize = "ci.correct")]
    CiCorrect,
    #[strum(serialize = "ci.relate")]
    CiRelate,
    #[strum(serialize = "ci.retire")]
    CiRetire,
    #[strum(serialize = "ci.merge")]
    CiMerge,
    #[strum(serialize = "ci.tell_apart")]
    CiTellApart,
    #[strum(serialize = "ci.look_for")]
    CiLookFor,
    #[strum(serialize = "ci_class.define")]
    CiClassDefine,
    #[strum(serialize = "sync_source.define")]
    SyncSourceDefine,
    #[strum(serialize = "sync_source.record")]
    SyncSourceRecord,
    #[strum(serialize = "service_account.read")]
    ServiceAccountRead,
    #[strum(serialize = "service_account.manage")]
    ServiceAccountManage,
    #[strum(serialize = "baseline.manage")]
    BaselineManage,
    #[strum(serialize = "notice.read")]
    NoticeRead,
    #[strum(serialize = "access.read")]
    AccessRead,
    #[strum(serialize = "access.explain")]
    AccessExplain,
    #[strum(serialize = "access.evaluate")]
    AccessEvaluate,
    #[strum(serialize = "access.grant")]
    AccessGrant,
    #[strum(serialize = "access.revoke")]
    AccessRevoke,
    #[strum(serialize = "access.request")]
    AccessRequest,
    #[strum(serialize = "access.decide")]
    AccessDecide,
    #[strum(serialize = "access.export")]
    AccessExport,
    #[strum(serialize = "role.read")]
    RoleRead,
    #[strum(serialize = "role.define")]
    RoleDefine,
    #[strum(serialize = "sod_rule.define")]
    SodRuleDefine,
    #[strum(serialize = "deny_rule.define")]
    DenyRuleDefine,
    #[strum(serialize = "access_group.manage")]
    AccessGroupManage,
    #[strum(serialize = "access_template.define")]
    AccessTemplateDefine,
    #[strum(serialize = "assignment_rule.define")]
    AssignmentRuleDefine,
    #[strum(serialize = "resource_type.define")]
    ResourceTypeDefine,
    #[strum(serialize = "access_policy.define")]
    AccessPolicyDefine,
    #[strum(serialize = "decision_log.read")]
    DecisionLogRead,
    #[strum(serialize = "audit.read")]
    AuditRead,
    #[strum(serialize = "compliance_report.read")]
    ComplianceReportRead,
    #[strum(serialize = "compliance_report.generate")]
    ComplianceReportGenerate,
    #[strum(serialize = "erasure.read")]
    ErasureRead,
    #[strum(serialize = "erasure.request")]
    ErasureRequest,
    #[strum(serialize = "erasure.decide")]
    ErasureDecide,
    #[strum(serialize = "erasure.carry_out")]
    ErasureCarryOut,
    #[strum(serialize = "evidence_hold.read")]
    EvidenceHoldRead,
    #[strum(serialize = "evidence_hold.manage")]
    EvidenceHoldManage,
}

/// What lies in units, and what is told and counted of it.
const IN_UNITS: [&str; 9] = [
    "conversation",
    "event",
    "kpi",
    "notice",
    "queue",
    "sla_report",
    "ticket",
    "ticket_quality",
    "timeline",
];

impl Permission {
    /// Whether much depends on it: decisions on it are kept.
    pub fn is_high_risk(self) -> bool {
        super::model::is_high_risk(self)
    }

    /// Whether it reads what lies in units: tickets, and what is told or counted of them. What units there
    /// are is known at the root.
    pub fn reads_in_units(self) -> bool {
        let (of, _) = <&str>::from(self).split_once('.').unwrap_or_default();
        self.is_read() && IN_UNITS.contains(&of)
    }

    /// Whether it only asks: nothing is written, and how far a list reaches depends on it.
    pub fn is_read(self) -> bool {
        let asks =
            [Self::SlaReportWhatIf, Self::AccessExplain, Self::AccessEvaluate, Self::AccessExport];
        let (_, verb) = <&str>::from(self).split_once('.').unwrap_or_default();
        verb.starts_with("read") || asks.contains(&self)
    }
}
