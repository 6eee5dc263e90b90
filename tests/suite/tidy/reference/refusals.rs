//! `docs/reference/refusals.md`: every business "no" with its code, its sentence and its rule; also
//! those of signing in, which no aggregate decides.

use std::fmt::Write as _;

use api::identity::{PasswordError, ResetError, SessionError, SignInError};
use domain::access_group::AccessGroupRefusal;
use domain::access_policy::AccessPolicyRefusal;
use domain::access_request::AccessRequestRefusal;
use domain::access_template::AccessTemplateRefusal;
use domain::assignment_rule::AssignmentRuleRefusal;
use domain::baseline::BaselineRefusal;
use domain::calendar::CalendarRefusal;
use domain::ci::CiRefusal;
use domain::ci_class::CiClassRefusal;
use domain::compliance_report::ComplianceReportRefusal;
use domain::conversation::ConversationRefusal;
use domain::custom_field::CustomFieldRefusal;
use domain::deny_rule::DenyRuleRefusal;
use domain::erasure::ErasureRefusal;
use domain::evidence_hold::EvidenceHoldRefusal;
use domain::macros::MacroRefusal;
use domain::person::PersonRefusal;
use domain::queue::QueueRefusal;
use domain::recurrence::RecurrenceRefusal;
use domain::resource_type::ResourceTypeRefusal;
use domain::role::RoleRefusal;
use domain::service_account::ServiceAccountRefusal;
use domain::settings::SettingsRefusal;
use domain::sla_plan::SlaPlanRefusal;
use domain::sod_rule::SodRuleRefusal;
use domain::subject::SubjectRefusal;
use domain::subject_access::SubjectAccessRefusal;
use domain::sync_source::SyncSourceRefusal;
use domain::template::TemplateRefusal;
use domain::ticket::TicketRefusal;
use domain::ticket_clock::TicketClockRefusal;
use domain::ticket_dossier::TicketDossierRefusal;
use domain::ticket_items::TicketItemsRefusal;
use domain::ticket_quality::TicketQualityRefusal;
use domain::unit::UnitRefusal;
use strum::VariantNames as _;

use crate::tidy::golden;
use crate::tidy::source::files;

const HEAD: &str = "# Refusals

A refusal is a business \"no\": nothing is broken, and nothing has happened. Mutations answer it in `userErrors`
with the code, the sentence, the input field at fault and, where it helps, machine-readable `meta`. Codes are
stable; sentences may be said better. Printed from `domain/src/*/refusal.rs` and `api/src/identity/error.rs` by a
test (`UPDATE_GOLDEN=1 cargo test -p testbed tidy`); the rules stand at the head of each aggregate's `mod.rs`.
";

/// Where signing in says no.
const IDENTITY: &str = "api/src/identity/error.rs";

#[test]
fn the_refusals_page_is_what_the_code_says() {
    let nouns: [(&str, &[&str]); 35] = [
        ("access_group", AccessGroupRefusal::VARIANTS),
        ("access_policy", AccessPolicyRefusal::VARIANTS),
        ("access_request", AccessRequestRefusal::VARIANTS),
        ("access_template", AccessTemplateRefusal::VARIANTS),
        ("assignment_rule", AssignmentRuleRefusal::VARIANTS),
        ("baseline", BaselineRefusal::VARIANTS),
        ("calendar", CalendarRefusal::VARIANTS),
        ("ci", CiRefusal::VARIANTS),
        ("ci_class", CiClassRefusal::VARIANTS),
        ("compliance_report", ComplianceReportRefusal::VARIANTS),
        ("conversation", ConversationRefusal::VARIANTS),
        ("custom_field", CustomFieldRefusal::VARIANTS),
        ("deny_rule", DenyRuleRefusal::VARIANTS),
        ("erasure", ErasureRefusal::VARIANTS),
        ("evidence_hold", EvidenceHoldRefusal::VARIANTS),
        ("macros", MacroRefusal::VARIANTS),
        ("person", PersonRefusal::VARIANTS),
        ("queue", QueueRefusal::VARIANTS),
        ("recurrence", RecurrenceRefusal::VARIANTS),
        ("resource_type", ResourceTypeRefusal::VARIANTS),
        ("role", RoleRefusal::VARIANTS),
        ("service_account", ServiceAccountRefusal::VARIANTS),
        ("settings", SettingsRefusal::VARIANTS),
        ("sla_plan", SlaPlanRefusal::VARIANTS),
        ("sod_rule", SodRuleRefusal::VARIANTS),
        ("subject", SubjectRefusal::VARIANTS),
        ("subject_access", SubjectAccessRefusal::VARIANTS),
        ("sync_source", SyncSourceRefusal::VARIANTS),
        ("template", TemplateRefusal::VARIANTS),
        ("ticket", TicketRefusal::VARIANTS),
        ("ticket_clock", TicketClockRefusal::VARIANTS),
        ("ticket_dossier", TicketDossierRefusal::VARIANTS),
        ("ticket_items", TicketItemsRefusal::VARIANTS),
        ("ticket_quality", TicketQualityRefusal::VARIANTS),
        ("unit", UnitRefusal::VARIANTS),
    ];
    let mut page = String::from(HEAD);
    let sources = files(&["rs"]);
    for (noun, codes) in nouns {
        let path = format!("domain/src/{noun}/refusal.rs");
        let source = sources.iter().find(|file| file.path == path).expect("its refusals");
        let said = said(&source.text, "Refusal {\n");
        assert_eq!(said.len(), codes.len(), "{path}: a variant lacks its sentence or its rule");
        write!(page, "\n## {noun}\n\n| Code | Sentence | Rule |\n|---|---|---|\n").unwrap();
        for ((rule, sentence), code) in said.iter().zip(codes) {
            writeln!(page, "| `{code}` | {sentence} | {rule} |").unwrap();
        }
    }
    let identity = sources.iter().find(|file| file.path == IDENTITY).expect("its refusals");
    page.push_str("\n## signing in\n\n| Code | Sentence | When |\n|---|---|---|\n");
    let enums: [(&str, &[&str]); 4] = [
        ("SignInError", SignInError::VARIANTS),
        ("PasswordError", PasswordError::VARIANTS),
        ("ResetError", ResetError::VARIANTS),
        ("SessionError", SessionError::VARIANTS),
    ];
    for (name, codes) in enums {
        // Technical failures come last and have no code.
        for ((when, sentence), code) in
            said(&identity.text, &format!("pub enum {name} {{\n")).iter().zip(codes)
        {
            let technical = code.ends_with("_INTERNAL") || code.ends_with("_GATEWAY");
            if !technical {
                writeln!(page, "| `{code}` | {sentence} | {when} |").unwrap();
            }
        }
    }
    golden::compare("docs/reference/refusals.md", &page);
}

/// Rule and sentence of each variant, in order: its doc comment and what `thiserror` prints.
fn said(text: &str, head: &str) -> Vec<(String, String)> {
    let (mut found, mut rule) = (Vec::new(), Vec::new());
    let body = text.split(head).nth(1).expect("the refusal enum");
    let mut lines = body.split("\n}").next().unwrap_or_default().lines();
    while let Some(line) = lines.next() {
        let variants_own = line.starts_with("    ") && !line.starts_with("     ");
        let line = line.trim();
        if let Some(doc) = line.strip_prefix("///").filter(|_| variants_own) {
            rule.push(doc.trim());
        } else if let Some(rest) = line.strip_prefix("#[error(") {
            let mut attribute = rest.to_owned();
            while !attribute.ends_with(")]") {
                attribute.push_str(lines.next().expect("the attribute's end").trim());
            }
            found.push((std::mem::take(&mut rule).join(" "), sentence(&attribute)));
        }
    }
    found
}

/// The first literal of the attribute: what else is in it fills the sentence's gaps.
fn sentence(attribute: &str) -> String {
    let (mut said, mut letters) =
        (String::new(), attribute.chars().skip_while(|it| *it != '"').skip(1));
    while let Some(letter) = letters.next().filter(|it| *it != '"') {
        said.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    said.replace("{0}", "…").replace("{retry_after}", "…")
}
