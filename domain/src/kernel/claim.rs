//! Set-wide uniqueness, held and released with the very events that need it.

/// The unique key of a claim within its scope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKey {
    /// Stored as it is.
    Plain(String),
    /// Personal: stored as a keyed hash under a deletable key.
    Personal(String),
}

/// What an event does to the claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimChange {
    /// From now on this stream owns the key.
    Hold {
        /// Namespace, such as `person.login`.
        scope: &'static str,
        /// The key; personal keys are normalised by the event before they get here.
        key: ClaimKey,
    },
    /// The key is free again.
    Release {
        /// Namespace.
        scope: &'static str,
        /// The key.
        key: ClaimKey,
    },
}

impl ClaimKey {
    /// That of a name which is unique whatever its case.
    pub fn of_name(name: &str) -> Self {
        Self::Plain(name.to_lowercase())
    }
}

impl ClaimChange {
    /// From the old key to the new one, each if there is one; the same key stays as it is.
    pub fn exchange(
        scope: &'static str,
        old: Option<ClaimKey>,
        new: Option<ClaimKey>,
    ) -> Vec<Self> {
        if old == new {
            return Vec::new();
        }
        let release = old.map(|key| Self::Release { scope, key });
        let hold = new.map(|key| Self::Hold { scope, key });
        release.into_iter().chain(hold).collect()
    }
}
