//! Keys: made once, kept from others, followed by others.

use std::os::unix::fs::PermissionsExt;

use super::Desk;
use crate::signer::error::SignError;
use crate::signer::rotate;
use crate::tlog::key::SignerKey;

#[tokio::test]
async fn the_key_is_made_once_named_like_the_log_and_nobody_elses_to_read() {
    let desk = Desk::new().await;
    desk.happen(1, 1).await;
    desk.sign().await.unwrap();
    let path = desk.data.path().join("log.key");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    let key: SignerKey = text.trim_end().parse().unwrap();
    assert_eq!(key.public().name().as_str(), desk.checkpoints()[0].origin);
    let policy = std::fs::read_to_string(desk.folder().policy()).unwrap();
    assert_eq!(policy, format!("log {}\nquorum none\n", key.public()));
    desk.happen(2, 1).await;
    desk.sign().await.unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn a_key_follows_another_from_a_size_on_and_both_stay_believed() {
    let desk = Desk::new().await;
    assert!(matches!(rotate(&desk.folder()), Err(SignError::File { .. })), "there is none yet");
    desk.happen(1, 3).await;
    desk.sign().await.unwrap();
    let old = std::fs::read_to_string(desk.data.path().join("log.key")).unwrap();
    let next = rotate(&desk.folder()).unwrap();
    assert_eq!(rotate(&desk.folder()).unwrap(), next, "asked for twice, made once");
    assert_eq!(desk.sign().await.unwrap(), None, "what is signed is not signed again");
    desk.happen(2, 3).await;
    assert_eq!(desk.sign().await.unwrap(), Some(6));
    desk.assert_sound().await;
    let policy = std::fs::read_to_string(desk.folder().policy()).unwrap();
    assert!(policy.ends_with(&format!("log {next}\n#annals-from {} 6\n", next.id())), "{policy}");
    // T13: with the old key nothing larger is signed.
    std::fs::write(desk.data.path().join("log.key"), old).unwrap();
    desk.happen(3, 3).await;
    assert!(matches!(desk.sign().await, Err(SignError::Unlisted(_))));
    assert_eq!(desk.checkpoints().len(), 2);
}

#[tokio::test]
async fn who_is_killed_while_a_key_follows_goes_on() {
    let desk = Desk::new().await;
    desk.happen(1, 3).await;
    desk.sign().await.unwrap();
    let next = rotate(&desk.folder()).unwrap();
    // Listed, and not taken up yet.
    let mut policy = std::fs::read_to_string(desk.folder().policy()).unwrap();
    policy.push_str(&format!("log {next}\n#annals-from {} 5\n", next.id()));
    std::fs::write(desk.folder().policy(), &policy).unwrap();
    desk.happen(2, 3).await;
    assert_eq!(desk.sign().await.unwrap(), Some(6));
    assert_eq!(std::fs::read_to_string(desk.folder().policy()).unwrap(), policy);
    assert!(!desk.data.path().join("log.key.next").exists());
    desk.assert_sound().await;
}

#[tokio::test]
async fn a_spoiled_key_or_policy_is_told_and_not_replaced() {
    let desk = Desk::new().await;
    desk.happen(1, 1).await;
    desk.sign().await.unwrap();
    desk.happen(2, 1).await;
    for (path, spoiled) in [
        (desk.data.path().join("log.key"), "PRIVATE+KEY+x"),
        (desk.folder().policy(), "quorum nobody\n"),
    ] {
        let good = std::fs::read(&path).unwrap();
        std::fs::write(&path, spoiled).unwrap();
        let error = desk.sign().await.unwrap_err();
        assert!(error.is_alarm(), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), spoiled);
        std::fs::write(&path, good).unwrap();
    }
    assert_eq!(desk.sign().await.unwrap(), Some(2));
}
