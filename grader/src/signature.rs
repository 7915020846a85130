//! Signed results: Ed25519 (RFC 8032) over the bytes of a report.
//!
//! Keys are PEM files as `openssl genpkey -algorithm ed25519` writes them, and a signature is the 64
//! bytes that `openssl pkeyutl -verify -rawin` reads: whoever has no `cargo grade` can verify too.

use std::fmt;

use ed25519_compact::{KeyPair, PublicKey, Signature};

/// Why nothing could be signed or verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureError {
    /// This is no private key.
    NoPrivateKey,
    /// This is no public key.
    NoPublicKey,
    /// The report was changed, or another key signed it.
    Mismatch,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPrivateKey => {
                "this is no Ed25519 private key in PEM; `openssl genpkey -algorithm ed25519 -out key.pem` makes one"
            }
            Self::NoPublicKey => {
                "this is no Ed25519 public key in PEM; `openssl pkey -in key.pem -pubout -out public.pem` makes one"
            }
            Self::Mismatch => {
                "the signature does not fit: the report was changed, or another key signed it"
            }
        })
    }
}

/// A private key.
pub struct Key(KeyPair);

impl Key {
    /// The key in this file.
    ///
    /// # Errors
    /// When there is none.
    pub fn from_pem(text: &str) -> Result<Self, SignatureError> {
        KeyPair::from_pem(text).map(Self).map_err(|_| SignatureError::NoPrivateKey)
    }

    /// The signature of these bytes.
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        self.0.sk.sign(bytes, None).to_vec()
    }
}

/// Whether this is the key's signature of these bytes.
///
/// # Errors
/// When it is not, or `key` is no public key.
pub fn verify(bytes: &[u8], signature: &[u8], key: &str) -> Result<(), SignatureError> {
    let key = PublicKey::from_pem(key).map_err(|_| SignatureError::NoPublicKey)?;
    let signature = Signature::from_slice(signature).map_err(|_| SignatureError::Mismatch)?;
    key.verify(bytes, &signature).map_err(|_| SignatureError::Mismatch)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout`.
    const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";

    /// The first test vector of RFC 8032, section 7.1.
    #[test]
    fn follows_the_standard() {
        let signature: Vec<u8> = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect();
        assert_eq!(verify(b"", &signature, PUBLIC), Ok(()));
    }

    #[test]
    fn only_what_was_signed_verifies() {
        let signature = Key::from_pem(PRIVATE).unwrap().sign(b"points: 3");
        assert_eq!(verify(b"points: 3", &signature, PUBLIC), Ok(()));
        assert_eq!(verify(b"points: 4", &signature, PUBLIC), Err(SignatureError::Mismatch));
        assert_eq!(verify(b"points: 3", &signature[1..], PUBLIC), Err(SignatureError::Mismatch));
        assert_eq!(Key::from_pem(PUBLIC).err(), Some(SignatureError::NoPrivateKey));
        assert_eq!(verify(b"", &signature, PRIVATE), Err(SignatureError::NoPublicKey));
    }
}
