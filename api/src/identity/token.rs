//! Access tokens: JWTs signed with Ed25519, good for ten minutes, each bound to a session.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::PersonId;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::RngCore;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::SignInError;

const ISSUER: &str = "annals";
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// Signs and checks access tokens.
pub(super) struct Tokens {
    signing: EncodingKey,
    checking: DecodingKey,
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

    /// The session of a good token. The clock is ours, so that a test's clock rules here too.
    pub(super) fn session(&self, token: &str, now: DateTime<Utc>) -> Option<Uuid> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.validate_exp = false;
        let claims =
            jsonwebtoken::decode::<Claims>(token, &self.checking, &validation).ok()?.claims;
        (now.timestamp() < claims.exp).then_some(claims.sid)
    }
}

/// A new refresh token: 256 random bits.
#[expect(clippy::disallowed_methods, reason = "a secret must be unguessable, never repeatable")]
pub(super) fn refresh_token() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}
