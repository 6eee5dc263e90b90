//! Out of a journal, checked without one, and into another: whole, in part, and spoiled.

mod archives;
mod importing;
mod parts;
mod spoiled;
mod whole;

use std::fs;
use std::path::{Path, PathBuf};

use domain::kernel::{DataSubject, PersonId};
use tempfile::TempDir;

use super::{Anchor, BundleError, Chosen, Exported, Trust, Verified, export, verify};
use crate::signer::{Folder, sign_once};
use crate::testing::{World, because, id, opened, registered, run, stopped, ticket};
use crate::verify::Tampering;

/// A journal of 321 events in 42 streams, signed at 11 events and at 320; the last is not signed.
struct Signed {
    world: World,
    data: TempDir,
}

impl Signed {
    async fn new() -> Self {
        let (world, data) = (World::new().await, TempDir::new().unwrap());
        let cleo = PersonId(id(3));
        let reason = because(stopped(2), DataSubject::Deployment, "because");
        world
            .append(ticket(1, 0, vec![opened(cleo, "a tale", "a tale of two"), reason]))
            .await
            .unwrap();
        let mut person = ticket(3, 0, vec![registered(cleo, "cleopatra")]);
        person.aggregate_type = "person";
        world.append(person).await.unwrap();
        let signed = Self { world, data };
        let claim = format!(
            "insert into journal.claims values ('ticket.number', 'INC-7', 'ticket', '{}')",
            id(100)
        );
        run(&mut signed.world.superuser().await, &claim).await.unwrap();
        signed.happen(100, 8).await;
        signed.sign().await;
        for stream in 101..139 {
            signed.happen(stream, 8).await;
        }
        signed.happen(139, 5).await;
        signed.sign().await;
        signed.happen(200, 1).await;
        signed
    }

    async fn happen(&self, stream: u128, events: u128) {
        let events = (0..events).map(stopped).collect();
        self.world.append(ticket(stream, 0, events)).await.unwrap();
        self.world.settle().await;
    }

    async fn sign(&self) {
        sign_once(&self.world.options(), &self.signer()).await.unwrap();
    }

    fn signer(&self) -> Folder {
        Folder::of(self.data.path())
    }

    fn anchor(&self) -> Anchor {
        let signer = self.signer();
        Anchor::open(&signer.policy(), &signer.checkpoints(), signer.log()).unwrap()
    }

    fn out(&self, name: &str) -> PathBuf {
        self.data.path().join(name)
    }

    async fn export(&self, chosen: Chosen, name: &str) -> Result<Exported, BundleError> {
        let mut conn = self.world.superuser().await;
        export(&mut conn, &self.anchor(), &chosen, &self.out(name), |_, _| {}).await
    }
}

fn check(folder: &Path) -> Result<Verified, BundleError> {
    verify(folder, Trust::default(), |_, _| {})
}

/// What was found, of a bundle that is not as it was written.
fn tampering(folder: &Path) -> Tampering {
    match check(folder) {
        Err(BundleError::Tampered(found)) => found,
        other => panic!("not found: {other:?}"),
    }
}

/// Every file of a bundle, by its name, in order.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
