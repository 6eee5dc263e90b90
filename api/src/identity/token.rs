//! Access tokens: JWTs signed with Ed25519, good for ten minutes, each bound to a session.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::PersonId;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::RngCore;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::error::SignInError;

const ISSUER: &str = "annals";
const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// Tokens whose signatures are not checked again.
const REMEMBERED: usize = 4_096;

/// Signs and checks access tokens.
pub(super) struct Tokens {
    signing: EncodingKey,
    checking: DecodingKey,
    checked: Mutex<HashMap<[u8; 32], Checked>>,
}

/// What a token said whose signature was found good.
#[derive(Debug, Clone, Copy)]
struct Checked {
    session: Uuid,
    ends: i64,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens")
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: Uuid,
    sid: Uuid,
    iat: i64,
    exp: i64,
}

impl Tokens {
    pub(super) fn new(seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        let private = key.to_pkcs8_der().expect("an Ed25519 key always has a PKCS#8 form");
        Self {
            signing: EncodingKey::from_ed_der(private.as_bytes()),
            checking: DecodingKey::from_ed_der(key.verifying_key().as_bytes()),
            checked: Mutex::default(),
        }
    }

    pub(super) fn sign(
        &self,
        person: PersonId,
        session: Uuid,
        now: DateTime<Utc>,
    ) -> Result<(String, DateTime<Utc>), SignInError> {
        let expires_at = now + LIFETIME;
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: person.0,
            sid: session,
            iat: now.timestamp(),
            exp: expires_at.timestamp(),
        };
        let header = Header::new(Algorithm::EdDSA);
        jsonwebtoken::encode(&header, &claims, &self.signing)
            .map(|token| (token, expires_at))
            // Signing plain data with a valid key does not fail; if it does, nobody signs in.
            .map_err(|_| SignInError::Busy)
    }

    /// The session of a good token; whether that lives is another question. The clock is ours, so
    /// that a test's clock rules here too.
    pub(super) fn session(&self, token: &str, now: DateTime<Utc>) -> Option<Uuid> {
        let name: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let known = self.checked().get(&name).copied();
        let checked = match known {
            Some(checked) => checked,
            None => {
                let checked = self.check(token)?;
                remember(&mut self.checked(), (name, checked), now.timestamp());
                checked
            }
        };
        (now.timestamp() < checked.ends).then_some(checked.session)
    }

    /// A signature takes longer to check than all the rest of a request's own work.
    fn check(&self, token: &str) -> Option<Checked> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.validate_exp = false;
        let claims =
            jsonwebtoken::decode::<Claims>(token, &self.checking, &validation).ok()?.claims;
        Some(Checked { session: claims.sid, ends: claims.exp })
    }

    fn checked(&self) -> MutexGuard<'_, HashMap<[u8; 32], Checked>> {
        // Each change is a whole one.
        self.checked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets the tokens that have ended when there are too many, and all when that is not enough.
fn remember(all: &mut HashMap<[u8; 32], Checked>, (name, checked): ([u8; 32], Checked), now: i64) {
    if all.len() >= REMEMBERED {
        all.retain(|_, checked| now < checked.ends);
    }
    if all.len() >= REMEMBERED {
        all.clear();
    }
    all.insert(name, checked);
}

/// A new secret, such as a refresh token: 256 random bits.
#[expect(clippy::disallowed_methods, reason = "a secret must be unguessable, never repeatable")]
pub(super) fn secret() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_was_checked_ends_all_the_same_and_vouches_for_no_other() {
        let (tokens, others) = (Tokens::new(&[1; 32]), Tokens::new(&[2; 32]));
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let session = Uuid::from_u128(7);
        let (token, ends) = tokens.sign(PersonId(Uuid::from_u128(8)), session, now).unwrap();
        for _ in 0..2 {
            assert_eq!(tokens.session(&token, now), Some(session));
            assert_eq!(tokens.session(&token, ends), None);
            assert_eq!(others.session(&token, now), None);
            assert_eq!(tokens.session(&token[..token.len() - 1], now), None);
        }
        assert_eq!(tokens.checked().len(), 1);
    }

    #[test]
    fn remembering_is_bounded() {
        let tokens = Tokens::new(&[1; 32]);
        for number in 0..=REMEMBERED {
            let mut name = [0; 32];
            name[..8].copy_from_slice(&number.to_be_bytes());
            let checked = Checked { session: Uuid::nil(), ends: i64::MAX };
            remember(&mut tokens.checked(), (name, checked), 0);
        }
        assert!(tokens.checked().len() <= REMEMBERED);
    }
}
