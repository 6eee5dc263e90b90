//! A signed note: a text, an empty line, and signatures under it.
//!
//! The text is worth nothing until [`Note::verify`] has named a key that is trusted.

use std::fmt;

use super::cosignature;
use super::key::{KeyId, KeyName, Kind, SignerKey, VerifierKey};
use super::text;

/// Larger notes are refused unread.
pub const LARGEST: usize = 1 << 20;
/// Notes with more signatures are refused.
pub const SIGNATURES_MAX: usize = 100;
/// What a signature line begins with: an em dash and a space.
const DASH: &str = "\u{2014} ";
/// A post-quantum signature has some 4,600 bytes.
const SIGNATURE_MAX: usize = 16 << 10;

/// Why a note is none, or is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// More than a mebibyte.
    #[error("the note is larger than a mebibyte")]
    TooLarge,
    /// Not UTF-8, or a control character other than the line feed.
    #[error("the note is not UTF-8, or has control characters such as a carriage return")]
    Characters,
    /// No text that ends in a line feed, no empty line, or no signature.
    #[error("the note is not a text, an empty line and signatures")]
    Form,
    /// Not `— name base64`.
    #[error("a signature line of the note is malformed")]
    SignatureLine,
    /// More than a hundred.
    #[error("the note has more than 100 signatures")]
    TooMany,
    /// A key that we know did not sign this text.
    #[error("the note's signature of {0} is not of this text")]
    BadSignature(String),
    /// Nobody whom we know has signed.
    #[error("no trusted key has signed the note")]
    Unsigned,
}

/// A signature line, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    name: KeyName,
    id: KeyId,
    bytes: Vec<u8>,
}

impl NoteSignature {
    fn parse(line: &str) -> Option<Self> {
        let (name, signature) = line.strip_prefix(DASH)?.split_once(' ')?;
        if signature.len() > SIGNATURE_MAX {
            return None;
        }
        let bytes = text::bytes(signature)?;
        let (id, signature) = bytes.split_first_chunk::<4>()?;
        (!signature.is_empty()).then_some(())?;
        Some(Self { name: name.parse().ok()?, id: KeyId(*id), bytes: signature.to_vec() })
    }

    /// Who is said to have signed.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// With which of their keys.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// When, in seconds since 1970, if it is as long as a cosignature.
    pub fn at(&self) -> Option<u64> {
        cosignature::said_at(&self.bytes)
    }

    fn is_of(&self, key: &VerifierKey) -> bool {
        self.id == key.id() && self.name == *key.name()
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.0.as_slice(), &self.bytes].concat();
        writeln!(f, "{DASH}{} {}", self.name, text::base64(&bytes))
    }
}

/// A text and the signatures under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// A key that has signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed<'k> {
    /// Which one.
    pub key: &'k VerifierKey,
    /// When, in seconds since 1970: a cosignature says so.
    pub at: Option<u64>,
}

impl Note {
    /// A note that nobody has signed yet.
    ///
    /// # Errors
    /// The text does not end in a line feed, or has other control characters.
    pub fn new(text: &str) -> Result<Self, NoteError> {
        if !text.ends_with('\n') {
            return Err(NoteError::Form);
        }
        check_characters(text)?;
        Ok(Self { text: text.to_owned(), signatures: Vec::new() })
    }

    /// Reads one.
    ///
    /// # Errors
    /// It is malformed; signatures are not looked at.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > LARGEST {
            return Err(NoteError::TooLarge);
        }
        let all = std::str::from_utf8(bytes).map_err(|_| NoteError::Characters)?;
        check_characters(all)?;
        let split = all.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, lines) = (&all[..=split], &all[split + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Form)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == SIGNATURES_MAX {
                return Err(NoteError::TooMany);
            }
            signatures.push(NoteSignature::parse(line).ok_or(NoteError::SignatureLine)?);
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// What is signed, with its last line feed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts a signature under it; `at` is the time of a cosignature, in seconds since 1970.
    pub fn sign(&mut self, key: &SignerKey, at: u64) {
        let bytes = match key.public().kind() {
            Kind::Note => key.sign(self.text.as_bytes()).to_vec(),
            Kind::Cosignature => cosignature::sign(key, &self.text, at),
        };
        let (name, id) = (key.public().name().clone(), key.public().id());
        self.signatures.push(NoteSignature { name, id, bytes });
    }

    /// The signatures under it, unchecked.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The signature lines alone: what a witness answers.
    pub fn signature_lines(&self) -> String {
        self.signatures.iter().map(NoteSignature::to_string).collect()
    }

    /// Puts the signatures of this key under it that stand in these lines; others are passed over.
    ///
    /// # Errors
    /// The lines are malformed, or the key has not signed this text in them.
    pub fn adopt(&mut self, lines: &[u8], key: &VerifierKey) -> Result<(), NoteError> {
        let other = Self::parse(&[self.text.as_bytes(), b"\n", lines].concat())?;
        // An empty line among them would have made another text of it.
        if other.text != self.text {
            return Err(NoteError::Form);
        }
        other.verify([key])?;
        self.signatures.retain(|signature| !signature.is_of(key));
        self.signatures.extend(other.signatures.into_iter().find(|line| line.is_of(key)));
        Ok(())
    }

    /// Which of these keys have signed, each once. Signatures of other keys say nothing.
    ///
    /// # Errors
    /// None of them has, or a signature that one of them is said to have made is none.
    pub fn verify<'k>(
        &self,
        keys: impl IntoIterator<Item = &'k VerifierKey>,
    ) -> Result<Vec<Signed<'k>>, NoteError> {
        let mut signed = Vec::new();
        for key in keys {
            let mut of_key = None;
            for signature in self.signatures.iter().filter(|signature| signature.is_of(key)) {
                let at = self.made_by(key, &signature.bytes);
                let at = at.ok_or_else(|| NoteError::BadSignature(key.name().to_string()))?;
                of_key.get_or_insert(Signed { key, at });
            }
            signed.extend(of_key);
        }
        if signed.is_empty() { Err(NoteError::Unsigned) } else { Ok(signed) }
    }

    fn made_by(&self, key: &VerifierKey, signature: &[u8]) -> Option<Option<u64>> {
        match key.kind() {
            Kind::Note => key.has_signed(self.text.as_bytes(), signature).then_some(None),
            Kind::Cosignature => cosignature::time_of(key, &self.text, signature).map(Some),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(f))
    }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        return Err(NoteError::Characters);
    }
    Ok(())
}
