//! Grounds and phases. Their upper-case names are the API's and the storage's.

use crate::kernel::words::words;

words! {
    /// Why somebody has a right to it: Article 17(1) GDPR.
    ErasureGround {
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
    Exemption {
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

    /// How far it has come.
    Phase {
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
}

impl Phase {
    /// Whether it may still be refused or withdrawn.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Approved)
    }

    /// Whether keys may be gone.
    pub fn has_begun(self) -> bool {
        matches!(self, Self::Begun | Self::KeysDestroyed | Self::Purged | Self::Certified)
    }
}
