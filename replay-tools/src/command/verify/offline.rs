//! Bundles and proofs of single events: checked out of files, without any database.

use std::path::{Path, PathBuf};

use journal::bundle::{self, BundleError, Chosen, Trust, Verified};
use journal::postgres::deployment::Place;
use journal::signer::Folder;
use journal::tlog::policy::Policy;
use serde_json::json;

use super::receipt;
use super::report;
use super::signed::{policy, read};
use crate::cli::Verify;
use crate::failure::Failure;
use crate::output::Output;
use crate::progress::Progress;

/// A bundle, and what to check it with.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) folder: PathBuf,
    /// None: the bundle's own.
    pub(crate) policy: Option<PathBuf>,
    /// A checkpoint that somebody kept.
    pub(crate) since: Option<PathBuf>,
}

/// Answers what needs no database; none when it does.
pub(crate) async fn offline(
    place: &Place,
    output: &mut Output,
    ask: &Verify,
) -> Option<Result<(), Failure>> {
    let trusted = || ask.policy.clone().unwrap_or_else(|| Folder::of(&place.data_dir).policy());
    match (&ask.proof, &ask.event, &ask.receipt) {
        (Some(proof), Some(event), _) => {
            return Some(one(output, [proof, event, &trusted()], ask.report.as_deref()));
        }
        (Some(proof), None, Some(receipt)) => {
            return Some(receipt::by_proof(output, [proof, receipt, &trusted()]));
        }
        (Some(_), None, None) => {
            let lacks = "a proof is of an event or of a receipt: name it with --event or --receipt";
            return Some(Err(Failure::BadInput(lacks.to_owned())));
        }
        (None, ..) => {}
    }
    let folder = ask.bundle.clone()?;
    let (policy, since) = (ask.policy.clone(), ask.since.clone());
    let verified = bundle(output, Asked { folder, policy, since }).await;
    let told = verified.and_then(|verified| match &ask.report {
        Some(path) => report::by_bundle(output, path, &verified),
        None => Ok(()),
    });
    Some(told.and_then(|()| sound(output)))
}

/// Verifies a bundle and tells what it is; anything but sound is a failure.
pub(crate) async fn bundle(output: &mut Output, asked: Asked) -> Result<Verified, Failure> {
    let trusted = asked.policy.as_deref().map(policy).transpose()?;
    let is_trusted = trusted.is_some();
    let since = asked.since.as_deref().map(read).transpose()?;
    // It reads files and computes: an interruption must not wait for it.
    let verified = tokio::task::spawn_blocking(move || {
        let mut progress = Progress::new("bundle");
        let trust = Trust { policy: trusted, since: since.as_deref() };
        bundle::verify(&asked.folder, trust, |done, total| progress.step(done, total))
    })
    .await;
    match verified.unwrap_or_else(|died| std::panic::resume_unwind(died.into_panic())) {
        Ok(found) => {
            tell(output, &found, is_trusted)?;
            Ok(found)
        }
        Err(error) => {
            if let BundleError::Tampered(found) = &error {
                let (told, first_bad) = (found.to_string(), found.number());
                output.record(&json!({"bundle": {"tampering": told, "first_bad": first_bad}}))?;
                output.say(&format!("TAMPERED WITH: {found}"))?;
            }
            Err(error.into())
        }
    }
}

fn tell(output: &mut Output, found: &Verified, is_trusted: bool) -> Result<(), Failure> {
    let manifest = &found.manifest;
    output.record(&json!({"bundle": {
        "manifest": manifest,
        "checkpoints": found.checkpoints,
        "epochs": found.epochs,
        "trusted_policy": is_trusted,
        "tampering": null,
        "first_bad": null,
    }}))?;
    let of = match &manifest.chosen {
        Chosen::All => match found.epochs {
            Some(epochs) => format!("the whole log, in {epochs} epochs"),
            None => "the whole log".to_owned(),
        },
        Chosen::Epoch(epoch) => format!("every one from {} on", epoch.after + 1),
        Chosen::Ticket(id) => format!("ticket {id}"),
        Chosen::Ci(id) => format!("item {id}"),
        Chosen::Person(id) => format!("person {id}"),
        Chosen::Period { from, to } => format!("recorded from {from:?} to {to:?}"),
        Chosen::Events(_) => "as they were chosen".to_owned(),
    };
    output.say(&format!("{:<10} {} events: {of}", "bundle", manifest.events))?;
    output.say(&format!("{:<10} {}", "log", manifest.origin))?;
    output.say(&format!("{:<10} {}", "root", manifest.root))?;
    let signed = format!("{} events; checkpoints that agree: {}", manifest.size, found.checkpoints);
    output.say(&format!("{:<10} {signed}", "signed"))?;
    if !is_trusted {
        let own = "the bundle's own; bring the one that you trust with --policy";
        output.say(&format!("{:<10} {own}", "policy"))?;
    }
    Ok(())
}

/// One event by its proof, and what it says of a report.
fn one(
    output: &mut Output,
    [proof, event, trusted]: [&PathBuf; 3],
    told: Option<&Path>,
) -> Result<(), Failure> {
    let policy: Policy = policy(trusted)?;
    let event = read(event)?;
    let (number, checkpoint) = bundle::check_proof(&read(proof)?, &event, &policy)?;
    let size = checkpoint.size;
    let proven = json!({"position": number, "size": size, "origin": checkpoint.origin});
    output.record(&json!({ "proven": proven }))?;
    output.say(&format!("event {number} stands in the signed log of {size} events"))?;
    if let Some(path) = told {
        report::by_event(output, path, &event)?;
    }
    sound(output)
}

pub(super) fn sound(output: &mut Output) -> Result<(), Failure> {
    output.record(&json!({"verdict": "sound"}))?;
    output.say("sound")
}
