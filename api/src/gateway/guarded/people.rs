//! People and units: rights depend on whom one heads, and on oneself.

use domain::access::decide::ObjectView;
use domain::access::{Permission, Relation};
use domain::kernel::{Needs, PersonId, UnitId};
use domain::person::{Person, PersonCommand, PersonRefusal};
use domain::unit::{Unit, UnitCommand};
use uuid::Uuid;

use super::{Guarded, On};
use crate::gateway::{GatewayError, Step};

impl Guarded for PersonCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Register(_) => Permission::PersonRegister,
            // One that serves once only is given by somebody else.
            Self::ChangePassword(c) if c.must_change => Permission::PersonResetPassword,
            Self::ChangePassword(_) => Permission::PersonChangeOwnPassword,
            Self::ChangeRole(_) => Permission::PersonChangeRole,
            Self::Rename(_) => Permission::PersonRename,
            Self::ChangeContacts(_) => Permission::PersonChangeContacts,
            Self::TakePosition(_) | Self::Move(_) => Permission::PersonTakePosition,
            Self::ChooseLanguage(_) => Permission::PersonChooseLanguage,
            Self::ChangeOrganization(_) => Permission::PersonChangeOrganization,
            Self::CertifySkill(_) => Permission::PersonCertifySkill,
            Self::WithdrawSkill(_) => Permission::PersonWithdrawSkill,
            Self::AssignTier(_) => Permission::PersonAssignTier,
            Self::AppointDeputy(_) => Permission::PersonAppointDeputy,
            Self::DismissDeputy(_) => Permission::PersonDismissDeputy,
            Self::Suspend(_) => Permission::PersonSuspend,
            Self::Restore(_) => Permission::PersonRestore,
            Self::Leave(_) => Permission::PersonLeave,
            Self::LinkAccount(_) | Self::UnlinkAccount(_) => Permission::PersonLinkAccount,
        }
    }

    fn guard_needs(&self, stream: Uuid, needs: &mut Needs) {
        needs.people.insert(PersonId(stream));
    }

    fn relation(&self, on: &On<'_, Person>) -> Relation {
        let person = PersonId(on.stream);
        let units = on.facts.people.get(&person).map(|facts| facts.units.clone());
        Relation::to_person(on.who, person, &units.unwrap_or_default())
    }

    /// What somebody may do comes with what they are here to do, and goes with them.
    fn step(&self, stream: Uuid) -> Option<Step> {
        let turns = matches!(
            self,
            Self::Register(_) | Self::ChangeRole(_) | Self::Move(_) | Self::Leave(_)
        );
        turns.then(|| Step::Person(PersonId(stream), self.clone()))
    }

    fn sight(&self) -> Option<Permission> {
        Some(Permission::PersonRead)
    }

    fn hidden(&self) -> GatewayError {
        match self {
            Self::Register(_) => GatewayError::Forbidden,
            _ => GatewayError::refused(PersonRefusal::NotFound),
        }
    }
}

impl Guarded for UnitCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Create(_) => Permission::UnitCreate,
            Self::Rename(_) => Permission::UnitRename,
            Self::Join(_) => Permission::UnitJoin,
            Self::Leave(_) => Permission::UnitLeave,
            Self::AppointHead(_) => Permission::UnitAppointHead,
            Self::DismissHead(_) => Permission::UnitDismissHead,
            Self::AppointLead(_) => Permission::UnitAppointLead,
            Self::ChooseRouting(_) => Permission::UnitChooseRouting,
            Self::Close(_) => Permission::UnitClose,
            Self::DrawBarrier(_) | Self::LiftBarrier(_) => Permission::UnitDrawBarrier,
        }
    }

    fn relation(&self, on: &On<'_, Unit>) -> Relation {
        Relation::to_unit(on.who, UnitId(on.stream))
    }

    /// What is to be created lies where the unit above it does.
    fn object(&self, on: &On<'_, Unit>) -> ObjectView {
        let unit = match self {
            Self::Create(c) => c.parent,
            _ => Some(UnitId(on.stream)),
        };
        let object = on.as_seen(|on| self.relation(on)).at(on.world, unit);
        object.for_unit(&self.permission().into())
    }
}
