//! The position token: where a command's last event will be found in the log, before it has a
//! number there. Opaque to clients.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Transaction and allocation of an event; ordered as the log will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct PositionToken {
    /// The appending transaction.
    pub xid: i64,
    /// The event's allocation number.
    pub position: i64,
}

/// Not a position token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a position token")]
pub struct BadToken;

impl fmt::Display for PositionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.xid.to_be_bytes());
        bytes[8..].copy_from_slice(&self.position.to_be_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for PositionToken {
    type Err = BadToken;
    fn from_str(text: &str) -> Result<Self, BadToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken)?;
        let bytes: [u8; 16] = bytes.try_into().map_err(|_| BadToken)?;
        let (xid, position) = bytes.split_at(8);
        let number = |half: &[u8]| half.try_into().map(i64::from_be_bytes).map_err(|_| BadToken);
        let token = Self { xid: number(xid)?, position: number(position)? };
        if token.xid < 0 || token.position < 0 {
            return Err(BadToken);
        }
        Ok(token)
    }
}
