//! Argon2id, one hashing at a time: a flood of sign-ins must not take the machine from the desk.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::RngCore;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::error::{HashingBusy, PasswordError};

/// OWASP's recommendation for Argon2id: 19 MiB, 2 passes, 1 lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// How long a sign-in waits for its turn.
const WAIT: Duration = Duration::from_secs(5);

/// The right to hash; whoever drops it lets the next one in.
#[derive(Debug)]
pub(super) struct Turn(#[expect(dead_code, reason = "held, never asked")] OwnedSemaphorePermit);

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
        let turn = self.turn().await?;
        let password = password.to_owned();
        let hashed = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            hash_now(&password)
        });
        hashed.await.ok().flatten().ok_or(HashingBusy)
    }

    /// Whether the password is the one of this hash; without a hash, no, after as long a time. The
    /// turn comes back, so that what depends on the answer can be done before the next one's.
    pub(super) async fn verify(
        &self,
        turn: Turn,
        password: &str,
        hash: Option<String>,
    ) -> Result<(bool, Turn), HashingBusy> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.to_string());
        // Longer ones were never accepted; hashing them would wear us out.
        let password: String = password.chars().take(LONGEST + 1).collect();
        let verified = tokio::task::spawn_blocking(move || {
            let right = PasswordHash::new(&hash)
                .is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok());
            (right && known, turn)
        });
        verified.await.map_err(|_| HashingBusy)
    }

    /// Waits for the one turn there is.
    pub(super) async fn turn(&self) -> Result<Turn, HashingBusy> {
        let permit = Arc::clone(&self.turn).acquire_owned();
        let permit = timeout(WAIT, permit).await.ok().and_then(Result::ok);
        permit.map(Turn).ok_or(HashingBusy)
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

/// A password of 20 characters, for people to copy: 100 random bits, without characters that look
/// like others.
#[expect(clippy::disallowed_methods, reason = "a password must be unguessable, never repeatable")]
pub(super) fn one_time_password() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 20];
    rand::rng().fill_bytes(&mut bytes);
    // 256 is a multiple of 32: each character is as likely as any other.
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

fn hash_now(password: &str) -> Option<String> {
    let salt = SaltString::generate(&mut OsRng);
    argon2().hash_password(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}
