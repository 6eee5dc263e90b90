//! The closed vocabularies of erasures, as the schema knows them.

use async_graphql::Enum;

/// Why somebody has a right to it: Article 17(1) GDPR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::erasure::ErasureGround")]
pub(super) enum ErasureGround {
    /// The data are not needed any more for what they were collected for.
    NoLongerNeeded,
    /// Whoever had agreed does not agree any more.
    ConsentWithdrawn,
    /// The person objects, and nothing outweighs it.
    Objection,
    /// They should never have been processed.
    Unlawful,
    /// A law asks for it.
    LegalObligation,
}

/// Why nobody has: Article 17(3) GDPR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::erasure::Exemption")]
pub(super) enum ErasureExemption {
    /// Others may say what they say.
    FreedomOfExpression,
    /// A law asks for the data.
    LegalObligation,
    /// The health of all.
    PublicHealth,
    /// Archives, research, statistics.
    Archiving,
    /// Claims are raised, or fought.
    LegalClaims,
}

/// How far an erasure has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::erasure::Phase")]
pub(super) enum ErasurePhase {
    /// Somebody asks for it.
    Requested,
    /// Somebody else says yes.
    Approved,
    /// Somebody else says no.
    Refused,
    /// Whoever asked does not any more.
    Withdrawn,
    /// Keys are being destroyed.
    Begun,
    /// Nobody can read the history any more.
    KeysDestroyed,
    /// No view tells it any more.
    Purged,
    /// It is done, and where that is written.
    Certified,
}
