//! What runs on a computer: programs and database servers.

use std::collections::BTreeSet;

use super::document::Document;
use super::{Rows, entries, said, text};
use crate::workers::cis::row::{Named, Otherwise, Said};

/// Through which relation it runs there.
const RUNS_ON: &str = "runs_on";

/// The rows of both sections, and what they end.
pub(super) fn rows(
    document: &Document<'_>,
    (host, class): (&Named, Option<&str>),
    rows: &mut Rows,
) -> Result<(), String> {
    if document.speaks_of("softwares") {
        let program = match class {
            Some("PC") => "PCSoftware",
            Some(_) => "OtherSoftware",
            // A machine that does not say what it is: the items that are there do.
            None => "SoftwareInstance",
        };
        let kept = programs(document, (host, program), rows)?;
        rows.only(host, RUNS_ON, &["PCSoftware", "OtherSoftware"], kept);
    }
    if document.speaks_of("databases_services") {
        let kept = databases(document, host, rows)?;
        rows.only(host, RUNS_ON, &["DBServer"], kept);
    }
    Ok(())
}

/// Each program, and the release of it that is installed.
fn programs(
    document: &Document<'_>,
    (host, class): (&Named, &str),
    rows: &mut Rows,
) -> Result<Vec<Named>, String> {
    let mut names = Names::default();
    let mut kept = Vec::new();
    for software in entries(document.section("softwares"), "softwares")? {
        let Some(title) = text(software, "name") else { continue };
        let version = text(software, "version");
        let Some(name) = names.of(title, version) else { continue };
        let release = match version {
            Some(version) => format!("{title} {version}"),
            None => title.to_owned(),
        };
        let release = Named::plain("Software", &release);
        let about = vec![said("vendor", text(software, "publisher")), said("version", version)];
        rows.item(release.clone(), about, Vec::new());
        let instance = on(rows.named(class, &name), host);
        let of = ("instance_of".to_owned(), Said::Item(Box::new(release)));
        let otherwise = (class == "SoftwareInstance").then(|| Otherwise {
            host: Named { class: "PC".to_owned(), key: host.key.clone() },
            there: "PCSoftware",
            elsewhere: "OtherSoftware",
        });
        let about = vec![said("path", text(software, "folder"))];
        rows.item_or((instance.clone(), otherwise), about, vec![of]);
        kept.push(instance);
    }
    Ok(kept)
}

fn databases(document: &Document<'_>, host: &Named, rows: &mut Rows) -> Result<Vec<Named>, String> {
    let mut names = Names::default();
    let mut kept = Vec::new();
    let section = document.section("databases_services");
    for service in entries(section, "databases_services")? {
        let kind = text(service, "type");
        let Some(title) = text(service, "name").or(kind) else { continue };
        let Some(name) = names.of(title, text(service, "version")) else { continue };
        let instance = on(rows.named("DBServer", &name), host);
        let active = service["is_active"].as_bool();
        let status = active.map(|active| if active { "active" } else { "inactive" });
        let about = [kind, text(service, "version")];
        let about: Vec<&str> = about.into_iter().flatten().collect();
        let mut attributes = vec![
            said("path", text(service, "path")),
            said("description", (!about.is_empty()).then(|| about.join(" "))),
        ];
        attributes.extend(status.map(|status| said("status", Some(status))));
        rows.item(instance.clone(), attributes, Vec::new());
        kept.push(instance);
    }
    Ok(kept)
}

fn on(named: Named, host: &Named) -> Named {
    named.with(RUNS_ON, Said::Item(Box::new(host.clone())))
}

/// What entries of one section are called: the first of a title by it, others with their version.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    told: BTreeSet<(String, String)>,
}

impl Names {
    /// None: the same stands there twice.
    fn of(&mut self, title: &str, version: Option<&str>) -> Option<String> {
        let told = (title.to_lowercase(), version.unwrap_or_default().to_lowercase());
        if !self.told.insert(told) {
            return None;
        }
        let longer = version.map(|version| format!("{title} {version}"));
        let mut names = [Some(title.to_owned()), longer].into_iter().flatten();
        names.find(|name| self.taken.insert(name.to_lowercase()))
    }
}
