use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{Chosen, Signed, check, files, tampering};
use crate::bundle::{BundleError, Exported, Trust, archive, import, verify};
use crate::signer::Folder;
use crate::testing::World;
use crate::verify::Tampering;

impl Signed {
    async fn archive(&self) -> Result<Option<Exported>, BundleError> {
        let mut conn = self.world.superuser().await;
        archive(&mut conn, &self.anchor(), &self.out("archive"), |_, _| {}).await
    }

    /// In three epochs: of 320 events, of 1 and of 9.
    async fn archived() -> Self {
        let signed = Self::new().await;
        for happens in [0, 9, 0] {
            signed.archive().await.unwrap().unwrap();
            if happens > 0 {
                signed.happen(300, happens).await;
            }
            signed.sign().await;
        }
        signed
    }

    fn epoch(&self, number: i64) -> PathBuf {
        self.out("archive").join(format!("{number:012}"))
    }
}

#[tokio::test]
async fn an_archive_grows_by_what_was_signed_since() {
    let signed = Signed::new().await;
    let first = signed.archive().await.unwrap().unwrap();
    assert_eq!((first.manifest.events, first.manifest.size, first.unsigned), (320, 320, 1));
    assert_eq!(signed.archive().await.unwrap(), None, "nothing was signed since");
    let written = files(&signed.epoch(1));
    signed.sign().await;
    let second = signed.archive().await.unwrap().unwrap();
    assert_eq!((second.manifest.events, second.manifest.size), (1, 321));
    assert_eq!(files(&signed.epoch(1)), written, "what was archived is never written again");
    let mut told = Vec::new();
    let archive = signed.out("archive");
    let found = verify(&archive, Trust::default(), |done, of| told.push((done, of))).unwrap();
    assert_eq!((found.manifest.events, found.epochs, found.checkpoints), (321, Some(2), 3));
    assert_eq!(found.manifest.chosen, Chosen::All);
    assert_eq!(found.manifest.kinds.values().sum::<i64>(), 321);
    assert_eq!((told.first(), told.last()), (Some(&(320, 321)), Some(&(321, 321))));
    signed.export(Chosen::All, "all").await.unwrap();
    assert_eq!(check(&signed.out("all")).unwrap().manifest, found.manifest, "the same history");
}

#[tokio::test]
async fn an_epoch_alone_shows_that_nothing_is_missing_in_it() {
    let signed = Signed::archived().await;
    let found = check(&signed.epoch(322)).unwrap();
    assert_eq!((found.manifest.events, found.manifest.size, found.epochs), (9, 330, None));
    let Chosen::Epoch(epoch) = &found.manifest.chosen else { panic!("{:?}", found.manifest) };
    assert_eq!(epoch.after, 321);
    let refused = import(
        &mut World::new().await.superuser().await,
        &found,
        &Folder::of(TempDir::new().unwrap().path()),
        |_, _| {},
    )
    .await;
    assert!(matches!(refused, Err(BundleError::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn a_checkpoint_that_somebody_kept_is_compared_where_the_tree_has_its_size() {
    let signed = Signed::archived().await;
    let every = fs::read_to_string(signed.signer().checkpoints()).unwrap();
    let notes: Vec<&str> = every.split_inclusive("\n\n").collect();
    let archive = signed.out("archive");
    let sizes = [11, 320, 321, 330];
    for (size, parts) in sizes.into_iter().zip(notes.chunks(2)) {
        let kept = parts.concat();
        let kept = kept.strip_suffix('\n').unwrap();
        assert!(kept.contains(&format!("\n{size}\n")), "{kept}");
        let trust = Trust { policy: None, since: Some(kept.as_bytes()) };
        assert_eq!(verify(&archive, trust, |_, _| {}).unwrap().checkpoints, 5, "{size}");
    }
    // One of which the archive does not know yet.
    signed.happen(400, 1).await;
    signed.sign().await;
    let every = fs::read_to_string(signed.signer().checkpoints()).unwrap();
    let parts: Vec<&str> = every.split_inclusive("\n\n").collect();
    let kept = parts[parts.len() - 2..].concat();
    let trust = Trust { policy: None, since: Some(kept.strip_suffix('\n').unwrap().as_bytes()) };
    let found = verify(&archive, trust, |_, _| {});
    let Err(BundleError::Tampered(found)) = found else { panic!("{found:?}") };
    assert_eq!(found, Tampering::Rollback { from: 331, to: 330 });
}

#[tokio::test]
async fn no_byte_of_an_epoch_can_be_changed() {
    let signed = Signed::archived().await;
    for (name, bytes) in files(&signed.epoch(322)) {
        let path = signed.epoch(322).join(&name);
        for place in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut spoiled = bytes.clone();
            spoiled[place] ^= 1;
            fs::write(&path, &spoiled).unwrap();
            let found = check(&signed.out("archive"));
            assert!(found.is_err(), "byte {place} of {name} was changed unseen");
        }
        fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        assert!(check(&signed.out("archive")).is_err(), "the end of {name} was cut unseen");
        fs::write(&path, &bytes).unwrap();
    }
    assert!(check(&signed.out("archive")).is_ok());
}

#[tokio::test]
async fn the_event_that_was_changed_is_named() {
    let signed = Signed::archived().await;
    let path = signed.epoch(322).join("events.ndjson");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[4] = lines[4].replace("\"event_version\":\"1\"", "\"event_version\":\"2\"");
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    assert_eq!(tampering(&signed.out("archive")).number(), Some(326));
}

#[tokio::test]
async fn an_epoch_that_is_gone_is_missed() {
    let signed = Signed::archived().await;
    let (whole, aside) = (signed.epoch(321), signed.out("aside"));
    fs::rename(&whole, &aside).unwrap();
    assert_eq!(tampering(&signed.out("archive")), Tampering::Missing { number: 321 });
    // Another one in its place.
    fs::rename(signed.epoch(322), &whole).unwrap();
    assert_eq!(tampering(&signed.out("archive")), Tampering::Missing { number: 321 });
    fs::rename(&whole, signed.epoch(322)).unwrap();
    fs::rename(signed.epoch(322), signed.out("third")).unwrap();
    fs::rename(&aside, &whole).unwrap();
    assert_eq!(check(&signed.out("archive")).unwrap().manifest.size, 321, "a shorter history");
}

#[tokio::test]
async fn an_archive_is_brought_into_an_empty_journal() {
    let signed = Signed::archived().await;
    let bundle = check(&signed.out("archive")).unwrap();
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    let folder = Folder::of(data.path());
    import(&mut world.superuser().await, &bundle, &folder, |_, _| {}).await.unwrap();
    let report = world.check().await;
    assert_eq!((report.tampering, report.size, report.root), (None, 330, bundle.root));
    let [brought, ours] = [&folder, &signed.signer()].map(|f| fs::read(f.checkpoints()).unwrap());
    assert_eq!(brought, ours, "every checkpoint, each once");
    let held = "select count(*) from journal.claims where key = 'INC-7'";
    assert_eq!(world.number(held).await, 1);
}

#[tokio::test]
async fn whoever_was_killed_while_archiving_begins_the_epoch_anew() {
    let signed = Signed::new().await;
    let draft = signed.epoch(1).with_extension("draft");
    fs::create_dir_all(&draft).unwrap();
    fs::write(draft.join("events.ndjson"), "half a line").unwrap();
    signed.archive().await.unwrap().unwrap();
    assert!(!draft.exists());
    assert_eq!(check(&signed.out("archive")).unwrap().manifest.size, 320);
}

#[tokio::test]
async fn an_older_log_and_another_one_are_not_archived_behind_it() {
    let (signed, other) = (Signed::archived().await, Signed::new().await);
    let mut conn = other.world.superuser().await;
    let found = archive(&mut conn, &other.anchor(), &signed.out("archive"), |_, _| {}).await;
    let Err(BundleError::Tampered(found)) = found else { panic!("{found:?}") };
    assert_eq!(found, Tampering::Rollback { from: 330, to: 320 });
    // As long, with other events.
    other.happen(500, 9).await;
    other.sign().await;
    let found = archive(&mut conn, &other.anchor(), &signed.out("archive"), |_, _| {}).await;
    let Err(BundleError::Tampered(found)) = found else { panic!("{found:?}") };
    assert_eq!(found, Tampering::Root { size: 330 });
}

#[tokio::test]
async fn an_archive_goes_on_only_where_the_log_was_signed() {
    let signed = Signed::archived().await;
    let log = fs::read_to_string(signed.signer().checkpoints()).unwrap();
    let parts: Vec<&str> = log.split_inclusive("\n\n").collect();
    fs::write(signed.signer().checkpoints(), parts[parts.len() - 2..].concat()).unwrap();
    fs::remove_dir_all(signed.epoch(322)).unwrap();
    let refused = signed.archive().await;
    assert!(matches!(refused, Err(BundleError::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn of_two_who_archive_at_once_one_is_refused_and_the_archive_is_sound() {
    let signed = Signed::new().await;
    let both = tokio::join!(signed.archive(), signed.archive());
    let (made, refused) = if both.0.is_ok() { both } else { (both.1, both.0) };
    assert_eq!(made.unwrap().map(|made| made.manifest.size), Some(320));
    assert!(matches!(refused, Err(BundleError::Refused(_))), "{refused:?}");
    assert_eq!(check(&signed.out("archive")).unwrap().manifest.size, 320);
    assert_eq!(signed.archive().await.unwrap(), None, "the next one may");
}
