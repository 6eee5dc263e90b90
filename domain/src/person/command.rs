//! The person's verbs: a table of contents.

pub use super::decide::appoint_deputy::AppointDeputy;
pub use super::decide::assign_tier::AssignTier;
pub use super::decide::certify_skill::CertifySkill;
pub use super::decide::change_contacts::ChangeContacts;
pub use super::decide::change_organization::ChangeOrganization;
pub use super::decide::change_password::ChangePassword;
pub use super::decide::change_role::ChangeRole;
pub use super::decide::choose_language::ChooseLanguage;
pub use super::decide::dismiss_deputy::DismissDeputy;
pub use super::decide::leave::Leave;
pub use super::decide::link_account::LinkAccount;
pub use super::decide::moving::Move;
pub use super::decide::register::Register;
pub use super::decide::rename::Rename;
pub use super::decide::restore::Restore;
pub use super::decide::suspend::Suspend;
pub use super::decide::take_position::TakePosition;
pub use super::decide::unlink_account::UnlinkAccount;
pub use super::decide::withdraw_skill::WithdrawSkill;
use super::event::PersonEvent;
use super::refusal::PersonRefusal;
use super::state::Person;
use crate::access::known::AccessNeeds;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs, Personal};

/// What can be asked of a person.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum PersonCommand {
    Register(Box<Register>),
    ChangePassword(ChangePassword),
    ChangeRole(ChangeRole),
    Rename(Rename),
    ChangeContacts(ChangeContacts),
    TakePosition(TakePosition),
    Move(Move),
    ChooseLanguage(ChooseLanguage),
    ChangeOrganization(ChangeOrganization),
    CertifySkill(CertifySkill),
    WithdrawSkill(WithdrawSkill),
    AssignTier(AssignTier),
    AppointDeputy(AppointDeputy),
    DismissDeputy(DismissDeputy),
    Suspend(Suspend),
    Restore(Restore),
    Leave(Leave),
    LinkAccount(LinkAccount),
    UnlinkAccount(UnlinkAccount),
}

impl Command for PersonCommand {
    type State = Person;
    type Event = PersonEvent;
    type Refusal = PersonRefusal;

    fn needs(&self, _person: &Person) -> Needs {
        match self {
            Self::Register(c) => c.needs(),
            Self::ChangeOrganization(c) => c.needs(),
            Self::AppointDeputy(c) => c.needs(),
            Self::LinkAccount(c) => c.needs(),
            Self::UnlinkAccount(c) => c.needs(),
            Self::Suspend(c) => c.needs(),
            Self::TakePosition(_)
            | Self::Move(_)
            | Self::CertifySkill(_)
            | Self::WithdrawSkill(_)
            | Self::AssignTier(_) => AccessNeeds::rules().into(),
            Self::ChangePassword(_)
            | Self::ChangeRole(_)
            | Self::Rename(_)
            | Self::ChangeContacts(_)
            | Self::ChooseLanguage(_)
            | Self::DismissDeputy(_)
            | Self::Restore(_)
            | Self::Leave(_) => Needs::default(),
        }
    }

    fn decide(self, person: &Person, cx: &Context) -> Result<Vec<PersonEvent>, PersonRefusal> {
        match self {
            Self::Register(c) => c.decide(person, cx),
            Self::ChangePassword(c) => c.decide(person, cx),
            Self::ChangeRole(c) => c.decide(person, cx),
            Self::Rename(c) => c.decide(person, cx),
            Self::ChangeContacts(c) => c.decide(person, cx),
            Self::TakePosition(c) => c.decide(person, cx),
            Self::Move(c) => c.decide(person, cx),
            Self::ChooseLanguage(c) => c.decide(person, cx),
            Self::ChangeOrganization(c) => c.decide(person, cx),
            Self::CertifySkill(c) => c.decide(person, cx),
            Self::WithdrawSkill(c) => c.decide(person, cx),
            Self::AssignTier(c) => c.decide(person, cx),
            Self::AppointDeputy(c) => c.decide(person, cx),
            Self::DismissDeputy(c) => c.decide(person, cx),
            Self::Suspend(c) => c.decide(person, cx),
            Self::Restore(c) => c.decide(person, cx),
            Self::Leave(c) => c.decide(person, cx),
            Self::LinkAccount(c) => c.decide(person, cx),
            Self::UnlinkAccount(c) => c.decide(person, cx),
        }
    }

    fn claims(before: &Person, event: &PersonEvent) -> Vec<ClaimChange> {
        let held = before.0.as_deref().and_then(|body| body.email.as_ref()).and_then(key);
        let email = |new| ClaimChange::exchange("person.email", held, new);
        match event {
            PersonEvent::Registered(e) => {
                let mut claims = ClaimChange::exchange("person.login", None, key(&e.login));
                claims.extend(email(e.email.as_ref().and_then(key)));
                claims
            }
            PersonEvent::ContactsChanged(e) => email(e.email.as_ref().and_then(key)),
            PersonEvent::Left(_) => email(None),
            PersonEvent::PasswordChanged(_)
            | PersonEvent::RoleChanged(_)
            | PersonEvent::Renamed(_)
            | PersonEvent::PositionTaken(_)
            | PersonEvent::Moved(_)
            | PersonEvent::LanguageChosen(_)
            | PersonEvent::OrganizationChanged(_)
            | PersonEvent::SkillCertified(_)
            | PersonEvent::SkillWithdrawn(_)
            | PersonEvent::TierAssigned(_)
            | PersonEvent::DeputyAppointed(_)
            | PersonEvent::DeputyDismissed(_)
            | PersonEvent::Suspended(_)
            | PersonEvent::Restored(_)
            | PersonEvent::AccountLinked(_)
            | PersonEvent::AccountUnlinked(_) => Vec::new(),
        }
    }
}

/// P2: whatever its case. An erased one claims nothing.
fn key(text: &Personal<String>) -> Option<ClaimKey> {
    Some(ClaimKey::Personal(text.value()?.to_lowercase()))
}
