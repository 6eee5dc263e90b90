//! What says who may do what, and the reports of it: whoever may change a noun may change any of it; what
//! keeps them from more than they have are the rules of each.

use domain::access::Permission;
use domain::access_group::AccessGroupCommand;
use domain::access_policy::AccessPolicyCommand;
use domain::access_template::AccessTemplateCommand;
use domain::assignment_rule::AssignmentRuleCommand;
use domain::compliance_report::ComplianceReportCommand;
use domain::deny_rule::DenyRuleCommand;
use domain::resource_type::ResourceTypeCommand;
use domain::role::RoleCommand;
use domain::sod_rule::SodRuleCommand;

use super::Guarded;

impl Guarded for RoleCommand {
    fn permission(&self) -> Permission {
        Permission::RoleDefine
    }
}

impl Guarded for SodRuleCommand {
    fn permission(&self) -> Permission {
        Permission::SodRuleDefine
    }
}

impl Guarded for DenyRuleCommand {
    fn permission(&self) -> Permission {
        Permission::DenyRuleDefine
    }
}

impl Guarded for AccessGroupCommand {
    fn permission(&self) -> Permission {
        Permission::AccessGroupManage
    }
}

impl Guarded for AccessTemplateCommand {
    fn permission(&self) -> Permission {
        Permission::AccessTemplateDefine
    }
}

impl Guarded for ResourceTypeCommand {
    fn permission(&self) -> Permission {
        Permission::ResourceTypeDefine
    }
}

impl Guarded for AssignmentRuleCommand {
    fn permission(&self) -> Permission {
        Permission::AssignmentRuleDefine
    }
}

impl Guarded for AccessPolicyCommand {
    fn permission(&self) -> Permission {
        Permission::AccessPolicyDefine
    }
}

impl Guarded for ComplianceReportCommand {
    fn permission(&self) -> Permission {
        Permission::ComplianceReportGenerate
    }
}
