//! Keys of signed notes: a name, a short identity, and an Ed25519 key that signs in one of two ways.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use super::text;

/// Longer names are refused.
const NAME_MAX: usize = 255;
const SECRET: &str = "PRIVATE+KEY+";

/// Why a key is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Empty, too long, or with spaces, control characters or `+`.
    #[error("a key's name has 1 to 255 bytes without spaces, control characters and +")]
    Name,
    /// Not `name+identity+base64`.
    #[error("this is not a key of the form name+identity+key")]
    Form,
    /// A way to sign that we do not know.
    #[error("keys of type 0x{0:02x} are not known; 0x01 and 0x04 are")]
    Kind(u8),
    /// Not 32 bytes that are a point.
    #[error("this is not an Ed25519 key")]
    Bytes,
    /// The identity is another key's.
    #[error("the key's identity is not the one of its name and bytes")]
    Id,
}

/// What a key is called; for a log, its origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName(String);

impl KeyName {
    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyName {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if text.is_empty() || text.len() > NAME_MAX || text.contains(bad) {
            return Err(KeyError::Name);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The identity of a key among those of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId(pub [u8; 4]);

impl KeyId {
    fn of(name: &KeyName, kind: Kind, key: &VerifyingKey) -> Self {
        let mut digest = Sha256::new();
        digest.update(name.0.as_bytes());
        digest.update([b'\n', kind.byte()]);
        digest.update(key.as_bytes());
        let [a, b, c, d, ..] = <[u8; 32]>::from(digest.finalize());
        Self([a, b, c, d])
    }

    /// From eight hex digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        (text.len() == 8 && text.bytes().all(digits))
            .then(|| u32::from_str_radix(text, 16).ok())
            .flatten()
            .map(|id| Self(id.to_be_bytes()))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

/// How a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The text itself: logs.
    Note,
    /// The text and a time: witnesses.
    Cosignature,
}

impl Kind {
    fn byte(self) -> u8 {
        match self {
            Self::Note => 0x01,
            Self::Cosignature => 0x04,
        }
    }

    fn of(byte: u8) -> Result<Self, KeyError> {
        match byte {
            0x01 => Ok(Self::Note),
            0x04 => Ok(Self::Cosignature),
            other => Err(KeyError::Kind(other)),
        }
    }
}

/// The public half of a key; its text is `name+identity+base64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    kind: Kind,
    id: KeyId,
    key: VerifyingKey,
}

impl VerifierKey {
    fn new(name: KeyName, kind: Kind, key: VerifyingKey) -> Self {
        Self { id: KeyId::of(&name, kind, &key), name, kind, key }
    }

    /// What it is called.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// How it signs.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its identity.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Whether both are the same Ed25519 key, however they are called.
    pub fn is_same_key(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// Whether these 64 bytes are its signature of this message.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        self.key.verify_strict(message, &signature).is_ok()
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, kind, bytes) = parts(text)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyError::Bytes)?;
        if key.is_weak() {
            return Err(KeyError::Bytes);
        }
        let key = Self::new(name, kind, key);
        if key.id == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&[self.kind.byte()], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{}+{}", self.name, self.id, text::base64(&bytes))
    }
}

/// The secret half. Not printable but on purpose.
#[derive(Clone)]
pub struct SignerKey {
    public: VerifierKey,
    key: SigningKey,
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({}+{})", self.public.name, self.public.id)
    }
}

impl SignerKey {
    /// The key of this seed.
    pub fn new(name: KeyName, kind: Kind, seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        Self { public: VerifierKey::new(name, kind, key.verifying_key()), key }
    }

    /// Its public half.
    pub fn public(&self) -> &VerifierKey {
        &self.public
    }

    /// The text that the key's file holds: `PRIVATE+KEY+name+identity+base64`.
    pub fn to_secret(&self) -> String {
        let bytes = [&[self.public.kind.byte()], self.key.as_bytes().as_slice()].concat();
        format!("{SECRET}{}+{}+{}", self.public.name, self.public.id, text::base64(&bytes))
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

impl FromStr for SignerKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, kind, seed) = parts(text.strip_prefix(SECRET).ok_or(KeyError::Form)?)?;
        let key = Self::new(name, kind, &seed);
        if key.public.id == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

/// `name+identity+base64(kind ‖ 32 bytes)`.
fn parts(text: &str) -> Result<(KeyName, KeyId, Kind, [u8; 32]), KeyError> {
    let mut fields = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (fields.next(), fields.next(), fields.next()) else {
        return Err(KeyError::Form);
    };
    let name: KeyName = name.parse()?;
    let id = KeyId::parse(id).ok_or(KeyError::Form)?;
    // 44 characters hold 33 bytes; keys of other kinds are longer, up to some 1,800.
    if key.len() > 4_096 {
        return Err(KeyError::Form);
    }
    let bytes = text::bytes(key).ok_or(KeyError::Form)?;
    let (&kind, key) = bytes.split_first().ok_or(KeyError::Form)?;
    let key = key.try_into();
    Ok((name, id, Kind::of(kind)?, key.map_err(|_| KeyError::Bytes)?))
}
