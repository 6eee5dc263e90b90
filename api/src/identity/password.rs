//! Argon2id, one hashing at a time: a flood of sign-ins must not take the machine from the desk.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::error::{HashingBusy, PasswordError};

/// OWASP's recommendation for Argon2id: 19 MiB, 2 passes, 1 lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// How long a sign-in waits for its turn.
const WAIT: Duration = Duration::from_secs(5);

/// Hashes and checks passwords.
#[derive(Debug, Clone)]
pub struct Passwords {
    turn: Arc<Semaphore>,
    /// What an unknown login is compared with, so that it takes as long as a known one.
    decoy: Arc<str>,
}

impl Default for Passwords {
    fn default() -> Self {
        let decoy = hash_now("no such person").unwrap_or_default();
        Self { turn: Arc::new(Semaphore::new(1)), decoy: decoy.into() }
    }
}

impl Passwords {
    pub(super) async fn hash(&self, password: &str) -> Result<String, HashingBusy> {
        let permit = self.turn().await?;
        let password = password.to_owned();
        let hashed = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            hash_now(&password)
        });
        hashed.await.ok().flatten().ok_or(HashingBusy)
    }

    /// Whether the password is the one of this hash; without a hash, no, after as long a time.
    pub(super) async fn verify(
        &self,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, HashingBusy> {
        let permit = self.turn().await?;
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.to_string());
        // Longer ones were never accepted; hashing them would wear us out.
        let password: String = password.chars().take(LONGEST + 1).collect();
        let right = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let Ok(parsed) = PasswordHash::new(&hash) else { return false };
            argon2().verify_password(password.as_bytes(), &parsed).is_ok()
        });
        Ok(right.await.unwrap_or(false) && known)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, HashingBusy> {
        let turn = Arc::clone(&self.turn).acquire_owned();
        timeout(WAIT, turn).await.ok().and_then(Result::ok).ok_or(HashingBusy)
    }
}

const SHORTEST: usize = 8;
const LONGEST: usize = 256;

/// Whether this may become somebody's password.
pub fn must_be_acceptable(password: &str) -> Result<(), PasswordError> {
    match password.chars().count() {
        ..SHORTEST => Err(PasswordError::TooShort),
        SHORTEST..=LONGEST => Ok(()),
        _ => Err(PasswordError::TooLong),
    }
}

fn hash_now(password: &str) -> Option<String> {
    let salt = SaltString::generate(&mut OsRng);
    argon2().hash_password(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}
