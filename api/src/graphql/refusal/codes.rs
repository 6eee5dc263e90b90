//! The closed list of refusal codes: those of the domain, of the gateway, of signing in, of reading
//! inputs and of the read side; a test compares it with its sources.

use async_graphql::{Enum, Error, Result};
use strum::{EnumString, IntoStaticStr, VariantNames};

/// Why a mutation was refused. The list is closed: nothing else is ever answered.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Enum,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ErrorCode {
    /// There is no such ticket, or none that you may see.
    TicketNotFound,
    /// The ticket exists already, with other content.
    TicketExists,
    /// The ticket's state does not allow this; `meta` has `state` and the verbs `allowed` now.
    TicketWrongState,
    /// Somebody else holds the ticket; `meta` has `holderId` and `holderName`.
    TicketHeld,
    /// Only the one who holds the ticket may do this.
    TicketNotHeldByActor,
    /// Only a head of the unit or a director may do this in this state.
    TicketHeadsOnly,
    /// An assignee is not active staff of the unit; `meta` has `personId`.
    TicketAssigneeUnfit,
    /// Tickets go to departments and support units alone.
    TicketUnitUnfit,
    /// The requester is not known or not active.
    TicketRequesterUnknown,
    /// The subject is not known.
    TicketSubjectUnknown,
    /// This needs a reason.
    TicketReasonRequired,
    /// The time in which a closed ticket may be reopened has passed.
    TicketReopenWindowPassed,
    /// A ticket is escalated one tier at a time, to tier 3 at most.
    TicketTierUnfit,
    /// A text is empty, too long or contains control characters.
    TicketTextUnfit,
    /// Waiting cannot end before it begins.
    TicketUntilPast,
    /// Waiting ends within ten years.
    TicketUntilFar,
    /// A person must stand behind this.
    TicketPersonRequired,
    /// There is no such service level plan.
    TicketPlanUnknown,
    /// Only staff name the plan of a ticket.
    TicketPlanByStaff,
    /// The subject has no service level plan.
    TicketSubjectWithoutPlan,
    /// The plan says until when.
    TicketDeadlineByPlan,
    /// A deadline is ahead, and within ten years.
    TicketDeadlineUnfit,
    /// What became of clocks is recorded by the system, not by people.
    TicketClockNotByPeople,
    /// There is no such calendar.
    CalendarNotFound,
    /// Name is empty, too long or contains control characters.
    CalendarNameUnfit,
    /// The zone is none of the IANA time zone database.
    CalendarZoneUnknown,
    /// Not a time of day such as 08:00; `meta` has the `place`.
    CalendarTimeUnfit,
    /// Hours that close when they open; `meta` has the `place`.
    CalendarHoursEmpty,
    /// Hours across midnight are two, one of them to 24:00; `meta` has the `place`.
    CalendarHoursAcrossMidnight,
    /// Hours overlap; `meta` has the `place` and the `other` one.
    CalendarHoursOverlap,
    /// A date is not of the years 1970 to 2199; `meta` has the `place`.
    CalendarDateUnfit,
    /// The same holiday twice; `meta` has the `place` and the `other` one.
    CalendarHolidayTwice,
    /// A calendar says too much; `meta` has the `max`.
    CalendarTooMany,
    /// Name is empty, too long or contains control characters.
    SlaPlanNameUnfit,
    /// A plan has targets.
    SlaPlanNoTargets,
    /// A priority has no targets; `meta` has the `priority`.
    SlaPlanTargetsMissing,
    /// A target is 0 seconds to ten years; `meta` has the `priority` and the `clock`.
    SlaPlanTargetUnfit,
    /// The calendar of a clock does not exist; `meta` has the `clock` and the `calendarId`.
    SlaPlanCalendarUnknown,
    /// A clock has at most 10 thresholds; `meta` has the `clock`.
    SlaPlanTooManyThresholds,
    /// A threshold is 1 to 1000 %; `meta` has the `clock` and the `percent`.
    SlaPlanThresholdUnfit,
    /// A threshold is there twice; `meta` has the `clock` and the `percent`.
    SlaPlanThresholdTwice,
    /// A threshold does at most 10 things; `meta` has the `clock` and the `percent`.
    SlaPlanTooManyActions,
    /// The unit of a threshold takes no tickets; `meta` has the `clock` and the `percent`.
    SlaPlanUnitUnfit,
    /// The tag of a threshold is empty, too long or contains control characters.
    SlaPlanTagUnfit,
    /// Name is empty, too long or contains control characters.
    CiClassNameUnfit,
    /// A label is too long or contains control characters; `meta` has the `name` of what it is of.
    CiClassLabelUnfit,
    /// The parent class does not exist.
    CiClassParentUnknown,
    /// A class does not inherit from itself, in no way.
    CiClassParentCircular,
    /// A class has at most 12 generations.
    CiClassTooDeep,
    /// No name of an attribute or relation: snake case, at most 63 characters; `meta` has it.
    CiClassWordUnfit,
    /// The attribute or relation is there twice, or inherited; `meta` has the `name`.
    CiClassNameTwice,
    /// Another class defines the relation; `meta` has the `name`.
    CiClassRelationTaken,
    /// A class has at most 200 attributes.
    CiClassTooManyAttributes,
    /// A class has at most 100 relations.
    CiClassTooManyRelations,
    /// What was defined is not taken away or made something else; `meta` has the `name`.
    CiClassMadeOtherwise,
    /// The class was defined with another parent.
    CiClassParentFixed,
    /// An enum has 1 to 200 choices, each once, and nothing else has any; `meta` has the `name`.
    CiClassChoicesUnfit,
    /// A reference or relation names no class; `meta` has the `name`.
    CiClassClassUnknown,
    /// The default is no value of the attribute; `meta` has the `name`.
    CiClassDefaultUnfit,
    /// This tells no items apart; `meta` has the `name`.
    CiClassIdentityUnfit,
    /// What tells items of the class apart was defined otherwise.
    CiClassIdentityFixed,
    /// Nothing tells items of the class apart.
    CiClassIdentityMissing,
    /// A redundancy is not as it must be.
    CiClassRedundancyUnfit,
    /// The class has no such status; `meta` has the `name`.
    CiClassStatusUnknown,
    /// There is no such item.
    CiUnknown,
    /// The item is registered already.
    CiRegistered,
    /// There is no such class.
    CiOfNoClass,
    /// The class has no items of its own; `meta` has the `class`.
    CiOfAbstractClass,
    /// The class has no such attribute; `meta` has the `class` and the `attribute`.
    CiAttributeUnknown,
    /// The value is not what its attribute wants; `meta` has the `attribute`.
    CiValueUnfit,
    /// The attribute is required; `meta` has the `attribute`.
    CiAttributeMissing,
    /// The class has no such relation; `meta` has the `class` and the `relation`.
    CiRelationUnknown,
    /// The source's name is empty, too long or contains control characters.
    CiSourceUnfit,
    /// The value names no active item of the attribute's class; `meta` has `attribute` and `ciId`.
    CiReferenceUnfit,
    /// The relation does not go to this item; `meta` has the `relation` and the `ciId`.
    CiTargetUnfit,
    /// The relation goes to one item; `meta` has the `relation` and the `ciId` of that one.
    CiOverCardinality,
    /// An item has at most 10,000 relations.
    CiTooManyRelations,
    /// There is no such relation; `meta` has the `relation` and the `ciId`.
    CiNotRelated,
    /// The item is retired, or merged into another.
    CiNotActive,
    /// An item is merged into another active one of its family; `meta` has the `ciId`.
    CiMergeUnfit,
    /// An item is compared with another one that is active; `meta` has the `ciId`.
    CiPairUnfit,
    /// The item is told apart from as many others as it can be.
    CiTooManyPairs,
    /// There is no such source.
    SyncSourceNotFound,
    /// The name of a source is missing, too long or has control characters.
    SyncSourceNameUnfit,
    /// The name is that of people, or of files that name no source.
    SyncSourceNameReserved,
    /// The name of a source stays.
    SyncSourceNameFixed,
    /// The rank is not from 1 to 999.
    SyncSourceRankUnfit,
    /// The days are too many, or said where nothing is retired, or not said where it is.
    SyncSourceDaysUnfit,
    /// There is no such class; `meta` has the `class`.
    SyncSourceClassUnknown,
    /// The class has no such attribute; `meta` has the `class` and the `attribute`.
    SyncSourceAttributeUnknown,
    /// Too many classes; `meta` has the `max`.
    SyncSourceTooManyClasses,
    /// Imports record runs, not people.
    SyncSourceNotByPeople,
    /// There is no such service account.
    ServiceAccountNotFound,
    /// The service account exists already.
    ServiceAccountExists,
    /// The name of a service account is missing, too long or has control characters.
    ServiceAccountNameUnfit,
    /// The purpose of a service account is missing, too long or has control characters.
    ServiceAccountPurposeUnfit,
    /// The owner of a service account is an active member of staff.
    ServiceAccountOwnerUnfit,
    /// A system is a word of a-z, 0-9 and _, a letter first, and is not annals.
    ServiceAccountSystemUnfit,
    /// A service account may do at least one thing.
    ServiceAccountNoRights,
    /// Nobody gives a right that they do not have; `meta` has the `right`.
    ServiceAccountRightNotHeld,
    /// A token ends later than now, and within so many days; `meta` has `maxDays`.
    ServiceAccountEndUnfit,
    /// As many tokens serve as can; revoke one first; `meta` has the `max`.
    ServiceAccountTooManyTokens,
    /// The service account has no such token.
    ServiceAccountTokenNotFound,
    /// The service account is retired.
    ServiceAccountRetired,
    /// There is no such baseline.
    BaselineNotFound,
    /// The baseline exists already.
    BaselineExists,
    /// The name of a baseline is empty, too long or has control characters.
    BaselineNameUnfit,
    /// The note is empty, too long or has control characters.
    BaselineNoteUnfit,
    /// A baseline is a moment that has been.
    BaselineMomentUnfit,
    /// The baseline is withdrawn.
    BaselineWithdrawn,
    /// The compliance report exists already.
    ComplianceReportExists,
    /// A period begins before it ends, in years of four digits.
    ComplianceReportPeriodUnfit,
    /// A report looks at a position that the log has.
    ComplianceReportPositionUnfit,
    /// A sample has a seed of 1 to 100 visible characters and 25 or 40 items.
    ComplianceReportSampleUnfit,
    /// A report is kept by the SHA-256 of its text.
    ComplianceReportHashUnfit,
    /// There is no such recurrence.
    RecurrenceNotFound,
    /// Name is empty, too long or contains control characters.
    RecurrenceNameUnfit,
    /// There is no such template.
    RecurrenceTemplateUnknown,
    /// The template is retired.
    RecurrenceTemplateRetired,
    /// Tickets go to open departments and support units alone.
    RecurrenceUnitUnfit,
    /// The subject is not known or retired.
    RecurrenceSubjectUnfit,
    /// The requester is not known or not active.
    RecurrenceRequesterUnknown,
    /// A person must stand behind this command.
    RecurrencePersonRequired,
    /// Not a rule of RFC 5545 about days, without UNTIL and times.
    RecurrenceRuleUnfit,
    /// The rule has no occurrence ahead.
    RecurrenceRuleNever,
    /// Not a time of day from 00:00 to 23:59:59.
    RecurrenceTimeUnfit,
    /// The zone is none of the IANA time zone database.
    RecurrenceZoneUnknown,
    /// The first day is of the years 1970 to 2199.
    RecurrenceFromUnfit,
    /// The last day is not before the first, and of the years 1970 to 2199.
    RecurrenceUntilUnfit,
    /// There is no such calendar.
    RecurrenceCalendarUnknown,
    /// The recurrence is stopped.
    RecurrenceStopped,
    /// The occurrence is seen to, or not due yet.
    RecurrenceNotDue,
    /// Occurrences are seen to by the system, not by people.
    RecurrenceNotByPeople,
    /// There is no such person, or none that you may see.
    PersonNotFound,
    /// The person is registered already.
    PersonExists,
    /// A login contains no white space.
    PersonLoginUnfit,
    /// An e-mail address contains an @.
    PersonEmailUnfit,
    /// The organisation does not fit this person.
    PersonOrganizationUnfit,
    /// A text is empty, too long or contains control characters.
    PersonTextUnfit,
    /// There is no such unit, or none that you may see.
    UnitNotFound,
    /// The unit exists already.
    UnitExists,
    /// The unit cannot stand in that unit.
    UnitParentUnfit,
    /// The person does not fit the unit.
    UnitPersonUnfit,
    /// The name is empty, too long or contains control characters.
    UnitNameUnfit,
    /// The subject exists already.
    SubjectExists,
    /// The name is empty, too long or contains control characters.
    SubjectNameUnfit,
    /// The settings are established already.
    SettingsEstablished,
    /// A ticket has at most 50 assignees.
    TicketAssigneesTooMany,
    /// The subject is retired.
    TicketSubjectRetired,
    /// A task is opened for another ticket, and nothing else is.
    TicketKindUnfit,
    /// A ticket for each of several people has 2 to 50 of them and is no task.
    TicketIndividualUnfit,
    /// Each of its people completes a task of their own.
    TicketIndividual,
    /// The ticket has no tasks of its people.
    TicketNotIndividual,
    /// The ticket was merged into another one.
    TicketMerged,
    /// A ticket is not merged into itself.
    TicketIntoItself,
    /// There is no such ticket to merge into.
    TicketIntoUnknown,
    /// A ticket is not merged into a closed or cancelled one.
    TicketIntoOver,
    /// A ticket with open children is not merged.
    TicketHasChildren,
    /// There is no such ticket.
    ConversationNotFound,
    /// The ticket was merged; its conversation goes on elsewhere.
    ConversationMerged,
    /// A person must stand behind this command.
    ConversationPersonRequired,
    /// Body is empty, too long or contains control characters.
    ConversationBodyUnfit,
    /// At most 20 people are mentioned.
    ConversationMentionsTooMany,
    /// Only active staff, or in a reply those whose ticket it is, are mentioned.
    ConversationMentionUnfit,
    /// A conversation has at most 10,000 comments.
    ConversationFull,
    /// There is no such ticket.
    DossierNotFound,
    /// The ticket was merged; its matter goes on elsewhere.
    DossierMerged,
    /// A closed or cancelled ticket does not allow this.
    DossierTicketOver,
    /// Tag is empty, too long or contains control characters.
    DossierTagUnfit,
    /// A ticket has at most 50 tags.
    DossierTagsTooMany,
    /// Only active staff watch.
    DossierWatcherUnfit,
    /// A ticket has at most 100 watchers.
    DossierWatchersTooMany,
    /// A ticket is not linked to itself.
    DossierLinkToItself,
    /// There is no such ticket to link to.
    DossierOtherUnknown,
    /// The other ticket is closed or cancelled.
    DossierOtherOver,
    /// A ticket has at most 500 links.
    DossierLinksTooMany,
    /// A ticket has one parent only.
    DossierHasParent,
    /// A ticket with a parent has no children.
    DossierTooDeep,
    /// There is no such custom field.
    DossierFieldUnknown,
    /// The custom field is retired.
    DossierFieldRetired,
    /// Tickets of this kind do not have this custom field.
    DossierFieldUnfit,
    /// The custom field does not take this.
    DossierValueUnfit,
    /// Value is empty, too long or contains control characters.
    DossierValueTextUnfit,
    /// A person must stand behind this command.
    DossierPersonRequired,
    /// A ticket has at most 100 files.
    DossierAttachmentsTooMany,
    /// Name is empty, too long or contains control characters.
    DossierAttachmentNameUnfit,
    /// The name of a file contains no path.
    DossierAttachmentNamePath,
    /// Files of this media type are not taken; `meta` has those `allowed`.
    DossierAttachmentTypeUnfit,
    /// The file is larger than the settings allow; `meta` has `maxBytes`.
    DossierAttachmentTooLarge,
    /// Only whoever attached a file, a head of the unit or a director detaches it.
    DossierAttachmentNotOwn,
    /// There is no such custom field.
    CustomFieldNotFound,
    /// The custom field exists already.
    CustomFieldExists,
    /// The custom field is retired.
    CustomFieldRetired,
    /// Name is empty, too long or contains control characters.
    CustomFieldNameUnfit,
    /// A custom field belongs to one kind of tickets at least.
    CustomFieldKindsUnfit,
    /// What is chosen from has 1 to 100 distinct choices, a text has none.
    CustomFieldChoicesUnfit,
    /// A choice is empty, too long or contains control characters.
    CustomFieldChoiceUnfit,
    /// There is no such template.
    TemplateNotFound,
    /// The template exists already.
    TemplateExists,
    /// The template is retired.
    TemplateRetired,
    /// A text is empty, too long or contains control characters.
    TemplateTextUnfit,
    /// A task is not opened from a template.
    TemplateKindUnfit,
    /// The subject is not known.
    TemplateSubjectUnknown,
    /// The subject is retired.
    TemplateSubjectRetired,
    /// Tickets go to open departments and support units alone.
    TemplateUnitUnfit,
    /// A template has at most 20 tags.
    TemplateTagsTooMany,
    /// There is no such macro.
    MacroNotFound,
    /// The macro exists already.
    MacroExists,
    /// The macro is retired.
    MacroRetired,
    /// Name is empty, too long or contains control characters.
    MacroNameUnfit,
    /// Tickets and macros are those of open departments and support units.
    MacroUnitUnfit,
    /// A macro has 1 to 20 steps.
    MacroStepsUnfit,
    /// A text of a step is empty, too long or contains control characters.
    MacroStepTextUnfit,
    /// There is no such queue.
    QueueNotFound,
    /// The queue exists already.
    QueueExists,
    /// A person must stand behind this command.
    QueuePersonRequired,
    /// Name is empty, too long or contains control characters.
    QueueNameUnfit,
    /// A queue shared with a unit names one of one's own, any other names none.
    QueueUnitUnfit,
    /// A filter is an object of at most 8000 bytes, or null.
    QueueFilterUnfit,
    /// An order is an array of at most 5 entries and 8000 bytes.
    QueueOrderUnfit,
    /// A queue has 1 to 30 distinct columns.
    QueueColumnsUnfit,
    /// A column is empty, too long or contains control characters.
    QueueColumnUnfit,
    /// The role does not fit the kind of person.
    PersonRoleUnfit,
    /// Nobody does this to themselves.
    PersonNotOneself,
    /// Nobody else may give access; give it to somebody else first.
    PersonLastKeeper,
    /// A move begins within a year.
    PersonStartUnfit,
    /// What came with the old place is kept for at most 30 days.
    PersonGraceUnfit,
    /// The language is none of the deployment's.
    PersonLanguageUnfit,
    /// Only staff have skills, tiers and deputies.
    PersonStaffOnly,
    /// A level is 1 to 5.
    PersonLevelUnfit,
    /// A person has at most 50 skills.
    PersonSkillsFull,
    /// A tier is 1 to 3.
    PersonTierUnfit,
    /// A deputy is another active member of staff.
    PersonDeputyUnfit,
    /// A deputy stands in for 1 to 366 days, from the first to the last.
    PersonPeriodUnfit,
    /// A date is more than a hundred years away.
    PersonDateFar,
    /// The account is already linked to another human.
    PersonLinkedAlready,
    /// An account is linked to another person who is here, and whose own it is not.
    PersonHumanUnfit,
    /// The person has left.
    PersonLeft,
    /// The person is erased: nothing that is personal is written of them any more.
    PersonErased,
    /// This person does not belong to this unit.
    UnitNotMember,
    /// Nobody does this to themselves.
    UnitNotOneself,
    /// This unit takes no tickets.
    UnitTakesNoTickets,
    /// The unit still has people.
    UnitHasPeople,
    /// The unit is closed.
    UnitClosed,
    /// A barrier is against one class of actions at least.
    UnitBarrierUnfit,
    /// Nobody would be left who may give access behind the barrier.
    UnitNobodyLeft,
    /// Nobody takes away a barrier that keeps something from them.
    UnitBarrierBindsActor,
    /// There is no such subject.
    SubjectNotFound,
    /// This unit takes no tickets.
    SubjectUnitUnfit,
    /// There is no such service level plan.
    SubjectPlanUnknown,
    /// Skill is empty, too long or contains control characters.
    SubjectSkillUnfit,
    /// A tier is 1 to 3.
    SubjectTierUnfit,
    /// The settings are not established yet.
    SettingsNotEstablished,
    /// Tickets close 0 to 365 days after their resolution.
    SettingsCloseAfterUnfit,
    /// Tickets may be reopened for 0 to 3650 days after closing.
    SettingsReopenUnfit,
    /// There is at least one language, and none twice.
    SettingsLanguagesUnfit,
    /// The largest file has 1 to 26214400 bytes.
    SettingsMaxBytesUnfit,
    /// There are at most 100 media types, such as image/png, of at most 100 characters.
    SettingsMediaTypesUnfit,
    /// This unit takes no tickets.
    SettingsUnitUnfit,
    /// There is no such service level plan.
    SettingsPlanUnknown,
    /// A sample is 0 to 100 percent; `meta` has the `place`.
    SettingsSampleUnfit,
    /// A survey is open for 1 to 365 days.
    SettingsSurveyDaysUnfit,
    /// A checklist has 1 to 20 different questions of weight 1 to 100.
    SettingsChecklistUnfit,
    /// A question is empty, too long or contains control characters; `meta` has the `place`.
    SettingsQuestionUnfit,
    /// There is no such ticket, or none that you may see.
    TicketQualityNotFound,
    /// Samples are drawn by the system, not by people.
    TicketQualityNotByPeople,
    /// Samples are drawn of closed tickets that were not merged.
    TicketQualityNotClosed,
    /// A person must stand behind this command.
    TicketQualityPersonRequired,
    /// Nobody was asked how the work on this ticket was.
    TicketQualityNotAsked,
    /// The survey is over.
    TicketQualitySurveyOver,
    /// A rating is 1 to 5.
    TicketQualityRatingUnfit,
    /// Comment is empty, too long or contains control characters.
    TicketQualityCommentUnfit,
    /// The ticket is not to be checked.
    TicketQualityNotDrawn,
    /// There is no checklist in force.
    TicketQualityNoChecklist,
    /// The checklist has no such question; `meta` has the `index`, from 0.
    TicketQualityQuestionUnknown,
    /// A question is answered twice; `meta` has the `index`, from 0.
    TicketQualityQuestionTwice,
    /// Each question of the checklist is answered; `meta` has the `questions` that are not.
    TicketQualityQuestionsMissing,
    /// An answer is 0 to 100 percent; `meta` has the `index`, from 0.
    TicketQualityAnswerUnfit,
    /// Note is empty, too long or contains control characters.
    TicketQualityNoteUnfit,
    /// Nobody judges what they resolved themselves.
    TicketQualityOwnWork,
    /// There is no such ticket, or none that you may see.
    TicketItemsNotFound,
    /// The ticket was merged; its matter goes on elsewhere.
    TicketItemsMerged,
    /// A closed or cancelled ticket does not allow this.
    TicketItemsTicketOver,
    /// There is no such item.
    TicketItemsItemUnknown,
    /// The item is retired or was merged into another.
    TicketItemsItemRetired,
    /// The item is no service.
    TicketItemsNoService,
    /// A ticket names at most 1,000 items.
    TicketItemsTooMany,
    /// What falls was computed from other items than the ticket has; try again.
    TicketItemsComputedOtherwise,
    /// There is no such role.
    RoleNotFound,
    /// The role exists already.
    RoleExists,
    /// Name is empty, too long or contains control characters.
    RoleNameUnfit,
    /// Its owner is an active member of staff.
    RoleOwnerUnfit,
    /// A role has up to 500 entries.
    RoleTooManyEntries,
    /// An entry is out of its bounds, or of nothing there is; `meta` has the `entry`, from 0.
    RoleEntryUnfit,
    /// A role inherits from up to 64 others.
    RoleTooManyJuniors,
    /// The mask names nothing that there is, too much, or something twice.
    RoleMaskUnfit,
    /// A role is granted for 1 to 87,840 hours, or for good.
    RoleHoursUnfit,
    /// A role that it inherits from is not there; `meta` has its `roleId`.
    RoleJuniorUnknown,
    /// A role does not inherit from itself; `meta` has the `roleId`.
    RoleCircular,
    /// No more than 16 roles stand one above the other; `meta` has the `roleId`.
    RoleTooDeep,
    /// Nobody changes a role that they hold.
    RoleHeldByActor,
    /// Nobody gives what they do not hold themselves; `meta` has the `action`.
    RolePermissionNotHeld,
    /// The role would break a rule of segregation of duties all by itself; `meta` has the `ruleId`,
    /// the `roleId`, up to 20 `subjects` who hold it, and the `subjectCount`.
    RoleBreaksSod,
    /// Another role inherits from it; `meta` has its `roleId`.
    RoleStillInherited,
    /// A role that is shipped is not retired.
    RoleShipped,
    /// The role is retired.
    RoleRetired,
    /// There is no such rule.
    SodRuleNotFound,
    /// The rule exists already.
    SodRuleExists,
    /// Name is empty, too long or contains control characters.
    SodRuleNameUnfit,
    /// A rule counts 2 to 50 roles or actions.
    SodRuleSetUnfit,
    /// A rule is broken by two of what it counts at least, and by all at most.
    SodRuleCountUnfit,
    /// A role that it counts is not there; `meta` has the `roleId`.
    SodRuleRoleUnknown,
    /// It counts an action that there is not; `meta` has the `actions`.
    SodRuleActionsUnknown,
    /// There is nothing of that type to do anything with.
    SodRuleObjectTypeUnknown,
    /// A rule separates 2 to 16 duties of distinct names.
    SodRuleDutiesUnfit,
    /// A duty is taken on by more than 50 actions; `meta` has the `duty`.
    SodRuleTooManyActions,
    /// There is no such action on objects of that type; `meta` has the `action`.
    SodRuleActionUnknown,
    /// An action takes on one duty; `meta` has the `action`.
    SodRuleActionTwice,
    /// What was done cannot be taken back.
    SodRuleNothingToPrune,
    /// Nobody changes a rule that keeps something from them.
    SodRuleBindsActor,
    /// The rule is retired.
    SodRuleRetired,
    /// There is no such rule.
    DenyRuleNotFound,
    /// The rule exists already.
    DenyRuleExists,
    /// Name is empty, too long or contains control characters.
    DenyRuleNameUnfit,
    /// The rule names nothing that there is, too much, or something twice.
    DenyRuleActionsUnfit,
    /// A rule denies up to 200 fields.
    DenyRuleTooManyFields,
    /// The condition is too long, or never answered.
    DenyRuleConditionUnfit,
    /// The role that it is for is not there; `meta` has the `roleId`.
    DenyRuleRoleUnknown,
    /// Nobody is there whom it is for; `meta` has the `subject`.
    DenyRuleSubjectUnknown,
    /// Nobody would be left to lift it.
    DenyRuleNobodyLeft,
    /// Nobody changes a rule that keeps something from them.
    DenyRuleBindsActor,
    /// The rule is retired.
    DenyRuleRetired,
    /// There is no such group.
    AccessGroupNotFound,
    /// The group exists already.
    AccessGroupExists,
    /// Name is empty, too long or contains control characters.
    AccessGroupNameUnfit,
    /// Purpose is empty, too long or contains control characters.
    AccessGroupPurposeUnfit,
    /// Whoever answers for a group is active.
    AccessGroupKeeperUnfit,
    /// Members are there and active.
    AccessGroupMemberUnfit,
    /// A group has at most 2,000 members.
    AccessGroupTooManyMembers,
    /// The population says nothing, or too much.
    AccessGroupPopulationUnfit,
    /// A unit that the population names does not exist.
    AccessGroupUnitUnfit,
    /// No group is within itself.
    AccessGroupCycle,
    /// At most 8 groups lie one in the other.
    AccessGroupTooDeep,
    /// Nobody lets others have what they may not give; `meta` has the `action`.
    AccessGroupNotHeld,
    /// Nobody lets themselves in.
    AccessGroupOwnMembership,
    /// Nobody leaves, or ends, a group that keeps something from them.
    AccessGroupBindsActor,
    /// Duties would not be separated any more; `meta` has the `sodRuleId`.
    AccessGroupDuties,
    /// The group is retired.
    AccessGroupRetired,
    /// There is no such template.
    AccessTemplateNotFound,
    /// The template exists already.
    AccessTemplateExists,
    /// Name is empty, too long or contains control characters.
    AccessTemplateNameUnfit,
    /// A template has 1 to 100 items.
    AccessTemplateItemsUnfit,
    /// An item is there twice; `meta` has the `item`, from 0.
    AccessTemplateItemTwice,
    /// The role of an item is not there; `meta` has the `item`, from 0, and the `roleId`.
    AccessTemplateRoleUnknown,
    /// An entry is out of its bounds, or of nothing there is; `meta` has the `item`, from 0.
    AccessTemplateEntryUnfit,
    /// An item is for too long, or for good; `meta` has the `item`, from 0, and the `maxHours`.
    AccessTemplateHoursUnfit,
    /// The template is retired.
    AccessTemplateRetired,
    /// There is no such resource type.
    ResourceTypeNotFound,
    /// The resource type exists already.
    ResourceTypeExists,
    /// A system is a word of up to 32 lower-case letters, digits and underscores.
    ResourceTypeSystemUnfit,
    /// A type is a word of up to 32 lower-case letters, digits and underscores.
    ResourceTypeNameUnfit,
    /// Label is empty, too long or contains control characters.
    ResourceTypeLabelUnfit,
    /// A type has 1 to 200 verbs.
    ResourceTypeVerbsUnfit,
    /// A verb is a word of up to 32 lower-case letters, digits and underscores; `meta` has the
    /// `verb`.
    ResourceTypeVerbUnfit,
    /// A verb reads, does something, or approves; `meta` has the `verb`.
    ResourceTypeClassUnfit,
    /// A verb is not taken away; `meta` has the `verb`.
    ResourceTypeVerbMissing,
    /// The class of a verb stays; `meta` has the `verb`.
    ResourceTypeVerbMadeOtherwise,
    /// A program changes the types that it defined itself.
    ResourceTypeNotRegistrar,
    /// The resource type is retired.
    ResourceTypeRetired,
    /// There are at most 100 rules.
    AccessPolicyRulesTooMany,
    /// A key is empty, too long or contains control characters.
    AccessPolicyKeyUnfit,
    /// A key is there twice; `meta` has the `rule`.
    AccessPolicyKeyTwice,
    /// A rule names more than 200 roles; `meta` has the `rule`.
    AccessPolicyRolesTooMany,
    /// A rule has more than 10 stages; `meta` has the `rule`.
    AccessPolicyStagesTooMany,
    /// The stages of a rule have orders of their own, 0 to 254; `meta` has the `rule` and the
    /// `order`.
    AccessPolicyOrderUnfit,
    /// A stage has 1 to 20 approvers; `meta` has the `rule` and the `order`.
    AccessPolicyApproversUnfit,
    /// The mode of a stage cannot be satisfied; `meta` has the `rule` and the `order`.
    AccessPolicyModeUnfit,
    /// A stage takes a minute to ninety days, in the hours of a calendar that exists.
    AccessPolicySpanUnfit,
    /// A rule that asks nobody names its roles; `meta` has the `rule`.
    AccessPolicyRolesMissing,
    /// Nobody lets pass what they may not give; `meta` has the `rule` and the `action`.
    AccessPolicyNotHeld,
    /// A rule names a role that is not there; `meta` has the `rule`.
    AccessPolicyRoleUnfit,
    /// A group that is named is not there.
    AccessPolicyGroupUnfit,
    /// A person who is named is not active.
    AccessPolicyPersonUnfit,
    /// A justification has at least 0 to 500 characters.
    AccessPolicyJustificationUnfit,
    /// A stage goes 0 to 5 levels up.
    AccessPolicyEscalationsUnfit,
    /// A rule grants by itself to 0 to 10,000 people.
    AccessPolicyPeopleUnfit,
    /// A boundary has at most 200 patterns.
    AccessPolicyBoundaryTooLong,
    /// Nobody widens what keeps something from them; `meta` has the `action`.
    AccessPolicyBoundaryBindsActor,
    /// At most 20 roles are for emergencies.
    AccessPolicyEmergenciesTooMany,
    /// A role for emergencies is not there; `meta` has the `roleId`.
    AccessPolicyEmergencyUnfit,
    /// Nobody prepares for others to take what they may not give; `meta` has the `roleId` and the
    /// `action`.
    AccessPolicyEmergencyNotHeld,
    /// There is no such assignment rule.
    AssignmentRuleNotFound,
    /// The assignment rule exists already.
    AssignmentRuleExists,
    /// Name is empty, too long or contains control characters.
    AssignmentRuleNameUnfit,
    /// The population says nothing, or too much.
    AssignmentRulePopulationUnfit,
    /// A unit that the population names does not exist.
    AssignmentRuleUnitUnfit,
    /// A rule gives 1 to 20 roles.
    AssignmentRuleGivesUnfit,
    /// A role that the rule gives is not there, or is held for a time only; `meta` has the
    /// `roleId`.
    AssignmentRuleRoleUnfit,
    /// What was seen to come of it is not what would come of it now.
    AssignmentRuleNotSimulated,
    /// Nobody gives by a rule what they may not give; `meta` has the `action`.
    AssignmentRuleNotHeld,
    /// Nothing waits to be confirmed.
    AssignmentRuleNothingWaits,
    /// People confirm in person.
    AssignmentRuleNotInPerson,
    /// Nobody confirms what they proposed themselves.
    AssignmentRuleSamePerson,
    /// The assignment rule is retired.
    AssignmentRuleRetired,
    /// The subject has no access, or none that you may see.
    SubjectAccessNotFound,
    /// Access is given to those who are there and active alone.
    SubjectAccessSubjectUnfit,
    /// As many grants hold already as can; `meta` has the `max`.
    SubjectAccessTooManyGrants,
    /// There is no such role to give, or the permission is beyond its bounds.
    SubjectAccessWhatUnfit,
    /// A grant begins within a year; `meta` has `maxDays`.
    SubjectAccessStartUnfit,
    /// A grant of this role has an end.
    SubjectAccessEndMissing,
    /// The end is not after the beginning, or later than allowed.
    SubjectAccessEndUnfit,
    /// Nobody gives what they do not have there and for as long; `meta` has the `action`.
    SubjectAccessNotHeld,
    /// This is not given so; another verb does it, or a request.
    SubjectAccessSourceUnfit,
    /// Duties would not be separated any more; `meta` has `sodRuleId`, and `from` when.
    SubjectAccessDuties,
    /// The subject has no such grant.
    SubjectAccessGrantNotFound,
    /// The grant is over.
    SubjectAccessGrantOver,
    /// Nobody delegates to themselves.
    SubjectAccessOwnDelegation,
    /// The grant was not delegated.
    SubjectAccessNotDelegated,
    /// Only whoever it is about may do this.
    SubjectAccessNotYours,
    /// People do this in person.
    SubjectAccessNotInPerson,
    /// Nobody makes an exception for themselves.
    SubjectAccessOwnException,
    /// Nobody gives to themselves, by whichever account or group.
    SubjectAccessOwnGrant,
    /// Nobody lays down what keeps something from them.
    SubjectAccessBindsActor,
    /// Nothing lifts this rule.
    SubjectAccessNotLiftable,
    /// Whoever answers for an exception is active, and somebody else.
    SubjectAccessOwnerUnfit,
    /// Control is empty, too long or contains control characters.
    SubjectAccessControlUnfit,
    /// This takes a reason.
    SubjectAccessReasonMissing,
    /// This role was not prepared for an emergency of this person.
    SubjectAccessNotPrepared,
    /// Who left has nothing; reopen their access first.
    SubjectAccessClosed,
    /// The last grant by which somebody may give access stays.
    SubjectAccessLastKeeper,
    /// There is no such access request, or none that you may see.
    AccessRequestNotFound,
    /// The access request exists already.
    AccessRequestExists,
    /// Access is asked for those who are active alone.
    AccessRequestBeneficiaryUnfit,
    /// There is no such role that could be requested.
    AccessRequestRoleUnfit,
    /// Justification is empty, too long or contains control characters.
    AccessRequestJustificationUnfit,
    /// A justification is as long as the policy asks for; `meta` has the `min`.
    AccessRequestJustificationTooShort,
    /// Access begins within a year; `meta` has `maxDays`.
    AccessRequestStartUnfit,
    /// This has an end.
    AccessRequestEndMissing,
    /// Access ends after its beginning, an exception within 90 days.
    AccessRequestEndUnfit,
    /// Control is empty, too long or contains control characters.
    AccessRequestControlUnfit,
    /// No stage of the request waits for votes.
    AccessRequestNotAwaiting,
    /// People decide in person.
    AccessRequestNotInPerson,
    /// Only whoever has a seat at the stage may do this.
    AccessRequestNotApprover,
    /// Nobody decides what they ask for or benefit from, with no account of theirs.
    AccessRequestOwnRequest,
    /// This person may not decide a request of this risk.
    AccessRequestMayNotDecide,
    /// The seat has voted already.
    AccessRequestVotedAlready,
    /// This person's vote was counted at an earlier stage.
    AccessRequestCountedAlready,
    /// Comment is empty, too long or contains control characters.
    AccessRequestCommentUnfit,
    /// The stage has no such seat.
    AccessRequestSeatUnknown,
    /// A seat goes to somebody who could vote and has none yet.
    AccessRequestSuccessorUnfit,
    /// The seats of a stage are passed on so often at most; `meta` has the `max`.
    AccessRequestPassedTooOften,
    /// A request is amended so often at most; `meta` has the `max`.
    AccessRequestAmendedTooOften,
    /// Only whoever asked for it or benefits may do this.
    AccessRequestNotYours,
    /// The request is over.
    AccessRequestOver,
    /// The request is not approved.
    AccessRequestNotApproved,
    /// The access begins later.
    AccessRequestTooEarly,
    /// The access is not active.
    AccessRequestNotActive,
    /// Question is empty, too long or contains control characters.
    AccessRequestQuestionUnfit,
    /// As many questions were asked already as can be; `meta` has the `max`.
    AccessRequestTooManyQuestions,
    /// There is no question to answer.
    AccessRequestNotAsked,
    /// Answer is empty, too long or contains control characters.
    AccessRequestAnswerUnfit,
    /// There is no such erasure, or none that you may see.
    ErasureNotFound,
    /// The person's erasure was asked for already.
    ErasureExists,
    /// There is no such person.
    ErasurePersonUnknown,
    /// The person is being erased, or is erased.
    ErasurePersonErased,
    /// A reason is empty, too long or contains control characters.
    ErasureWhyUnfit,
    /// People decide on an erasure in person.
    ErasureNotInPerson,
    /// Nobody decides on what they ask for or on their own erasure, with no account of theirs.
    ErasureOwnErasure,
    /// Evidence is held that would be destroyed; `meta` has all `obstacles`, `holds` and `requests`.
    ErasureHeld,
    /// The person has not left; `meta` has all `obstacles`, `holds` and `requests`.
    ErasurePersonActive,
    /// The person has access; `meta` has all `obstacles`, `holds` and `requests`.
    ErasureAccessOpen,
    /// Access is asked for, for the person; `meta` has all `obstacles`, `holds` and `requests`.
    ErasureRequestOpen,
    /// Only whoever asked for it may do this.
    ErasureNotYours,
    /// The erasure has begun, and is not stopped.
    ErasureBegun,
    /// The erasure was refused or withdrawn.
    ErasureOver,
    /// What comes before this has not been done.
    ErasureTooEarly,
    /// What is recorded of an erasure is out of bounds.
    ErasureRecordUnfit,
    /// There is no such hold on evidence, or none that you may see.
    EvidenceHoldNotFound,
    /// The hold exists already.
    EvidenceHoldExists,
    /// There is no such person or ticket.
    EvidenceHoldObjectUnknown,
    /// A reason is empty, too long or contains control characters.
    EvidenceHoldWhyUnfit,
    /// A hold ends later than now; `meta` has `maxDays`.
    EvidenceHoldEndUnfit,
    /// The person is being erased, or is erased.
    EvidenceHoldTooLate,
    /// Nobody lifts a hold that is on themselves, with no account of theirs.
    EvidenceHoldNotOneself,
    /// The hold has come to its end.
    EvidenceHoldOver,
    /// You see it, but may not do this.
    Forbidden,
    /// It has changed since: it is not at `expectedVersion`; `meta` has `currentVersion`.
    VersionConflict,
    /// The idempotency key was used for another input.
    IdempotencyKeyReused,
    /// Something else has this unique name, number or reference; `meta` has its `scope`.
    ClaimTaken,
    /// Too many commands for the same thing at once; nothing was done, try again.
    Busy,
    /// The reason is too long or contains control characters.
    ReasonUnfit,
    /// An id is none, or the id of something else.
    InvalidId,
    /// Inputs that are fine alone do not go together, or one is out of range.
    InvalidInput,
    /// Login and password do not fit.
    SignInFailed,
    /// The session has ended; sign in again.
    SignInExpired,
    /// Too many failures in a row for this login; `meta` has `retryAfterSeconds`.
    SignInLocked,
    /// Too many people sign in at once; try again.
    SignInBusy,
    /// The current password is wrong.
    PasswordWrong,
    /// The new password is the old one.
    PasswordSame,
    /// The new password is too short.
    PasswordTooShort,
    /// The new password is too long.
    PasswordTooLong,
    /// Too many passwords are checked at once; try again.
    PasswordBusy,
    /// Nobody resets their own password; change it instead.
    PasswordResetOneself,
    /// The person has left and signs in no more.
    PasswordResetLeft,
    /// You have no such session.
    SessionNotFound,
    /// There is no such projection.
    ProjectionNotFound,
    /// The append itself keeps this projection: it never stands still.
    ProjectionInline,
    /// There is no such dead letter.
    DeadLetterNotFound,
    /// Somebody has settled the dead letter before.
    DeadLetterSettled,
    /// The event could not be applied again; `meta` has the `error` and the `attempts` so far.
    DeadLetterStuck,
    /// A rebuild of the read model is under way.
    ProjectionBusy,
    /// The read model has no rebuild of that sort.
    ProjectionNoJob,
    /// No tables of before are kept that this program could go back to.
    ProjectionNothingKept,
}

/// The code by its text; a fault of ours when it is none.
pub(in crate::graphql) fn code(text: &str) -> Result<ErrorCode, Error> {
    text.parse().map_err(|_| Error::new(format!("refusal code {text} is not in the schema")))
}
