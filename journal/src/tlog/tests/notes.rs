//! Keys and signed notes.

use proptest::prelude::*;
use signed_note as theirs;

use super::signer;
use crate::tlog::key::{KeyError, Kind, SignerKey, VerifierKey};
use crate::tlog::note::{Note, NoteError};

/// Of the specification.
const SPEC_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const SPEC_NOTE: &str = "This is an example message.\n\n\u{2014} example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
/// Of Go's implementation.
const SECRET: &str =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n";
const PETERS: &str = "\u{2014} PeterNeumann \
    x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCHS: &str = "\u{2014} EnochRoot \
    rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn key(text: &str) -> VerifierKey {
    text.parse().unwrap()
}

fn names(note: &Note, keys: &[VerifierKey]) -> Result<Vec<String>, NoteError> {
    Ok(note.verify(keys)?.iter().map(|signed| signed.key.name().to_string()).collect())
}

#[test]
fn the_specifications_key_has_signed_its_note() {
    let note = Note::parse(SPEC_NOTE.as_bytes()).unwrap();
    assert_eq!(note.text(), "This is an example message.\n");
    assert_eq!(names(&note, &[key(SPEC_KEY)]), Ok(vec!["example.com/foo".to_owned()]));
    assert_eq!(note.to_string(), SPEC_NOTE);
    assert_eq!(key(SPEC_KEY).to_string(), SPEC_KEY);
}

#[test]
fn we_sign_byte_by_byte_as_go_does() {
    let secret: SignerKey = SECRET.parse().unwrap();
    assert_eq!(secret.public().to_string(), PETER);
    assert_eq!(secret.to_secret(), SECRET);
    let mut note = Note::new(TEXT).unwrap();
    note.sign(&secret, 0);
    assert_eq!(note.to_string(), format!("{TEXT}\n{PETERS}"));
}

#[test]
fn strangers_signatures_say_nothing_and_no_trusted_one_is_a_refusal() {
    let note = Note::parse(format!("{TEXT}\n{PETERS}{ENOCHS}").as_bytes()).unwrap();
    assert_eq!(names(&note, &[key(PETER)]), Ok(vec!["PeterNeumann".to_owned()]));
    let both = ["PeterNeumann", "EnochRoot"].map(str::to_owned).to_vec();
    assert_eq!(names(&note, &[key(PETER), key(ENOCH)]), Ok(both));
    assert_eq!(names(&note, &[key(SPEC_KEY)]), Err(NoteError::Unsigned));
    assert_eq!(names(&note, &[]), Err(NoteError::Unsigned));
}

#[test]
fn one_false_signature_of_a_trusted_key_refuses_the_note() {
    // Enoch's identity over Peter's signature, and Peter's true one beside it.
    let mut line = ENOCHS.to_owned();
    line.replace_range(ENOCHS.len() - 20..ENOCHS.len() - 19, "A");
    for lines in [format!("{PETERS}{line}"), format!("{line}{PETERS}")] {
        let note = Note::parse(format!("{TEXT}\n{lines}").as_bytes()).unwrap();
        assert_eq!(
            names(&note, &[key(PETER), key(ENOCH)]),
            Err(NoteError::BadSignature("EnochRoot".to_owned()))
        );
        assert_eq!(names(&note, &[key(PETER)]).unwrap().len(), 1, "who is unknown is passed over");
    }
    // A true one above a false one of the same key does not help either.
    let note = format!("{TEXT}\n{ENOCHS}{line}");
    let note = Note::parse(note.as_bytes()).unwrap();
    assert!(matches!(names(&note, &[key(ENOCH)]), Err(NoteError::BadSignature(_))));
    // Nor does the signature of another text.
    let note = Note::parse(format!("{TEXT}.\n\n{PETERS}").as_bytes()).unwrap();
    assert!(matches!(names(&note, &[key(PETER)]), Err(NoteError::BadSignature(_))));
}

#[test]
fn who_signs_twice_counts_once() {
    let note = Note::parse(format!("{TEXT}\n{PETERS}{PETERS}").as_bytes()).unwrap();
    assert_eq!(names(&note, &[key(PETER)]).unwrap().len(), 1);
}

#[test]
fn a_key_that_was_mangled_anywhere_is_none() {
    for text in [PETER, SPEC_KEY] {
        for at in 0..text.len() {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] += 1;
            let mangled = String::from_utf8(bytes).unwrap();
            assert!(mangled.parse::<VerifierKey>().is_err(), "{mangled}");
            assert!(text[..at].parse::<VerifierKey>().is_err());
            assert!(text[at + 1..].parse::<VerifierKey>().is_err());
        }
    }
    let of = |text: &str| text.parse::<VerifierKey>().unwrap_err();
    // Of a wrong length, of an unknown type, of a wrong identity.
    let long = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==";
    assert!(matches!(of(long), KeyError::Form | KeyError::Bytes));
    let unknown = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(of(unknown), KeyError::Kind(0x65));
    assert_eq!(of(&PETER.replace("c74f20a3", "c74f20a4")), KeyError::Id);
    assert_eq!(of(&PETER.replace("c74f20a3", "C74F20A3")), KeyError::Form);
    // The neutral point signs everything for everybody.
    let weak = "w+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(of(weak), KeyError::Bytes);
    for at in 0..SECRET.len() {
        let mut bytes = SECRET.as_bytes().to_vec();
        bytes[at] += 1;
        assert!(String::from_utf8(bytes).unwrap().parse::<SignerKey>().is_err());
    }
}

#[test]
fn the_same_key_signs_otherwise_as_a_witness() {
    let (log, witness) = (signer("a", Kind::Note, 3), signer("a", Kind::Cosignature, 3));
    assert_ne!(log.public().id(), witness.public().id());
    assert!(log.public().is_same_key(witness.public()));
    let mut note = Note::new("a\n").unwrap();
    note.sign(&witness, 1_679_315_147);
    let signed = note.verify([witness.public()]).unwrap();
    assert_eq!(signed[0].at, Some(1_679_315_147));
    assert_eq!(note.verify([log.public()]), Err(NoteError::Unsigned));
}

#[test]
fn a_key_never_shows_its_secret_by_accident() {
    let secret: SignerKey = SECRET.parse().unwrap();
    assert_eq!(format!("{secret:?}"), "SignerKey(PeterNeumann+c74f20a3)");
}

proptest! {
    #[test]
    fn what_we_sign_another_implementation_believes_and_reads_as_we_do(
        text in "[^\\x00-\\x1f]{0,40}\n([^\\x00-\\x1f]{0,9}\n){0,3}",
        name in "[a-z./]{1,20}",
        seed in any::<[u8; 32]>(),
    ) {
        let secret = SignerKey::new(name.parse().unwrap(), Kind::Note, &seed);
        let mut note = Note::new(&text).unwrap();
        note.sign(&secret, 0);
        let bytes = note.to_string().into_bytes();
        prop_assert_eq!(Note::parse(&bytes), Ok(note));
        let verifier = theirs::StandardVerifier::new(&secret.public().to_string()).unwrap();
        let parsed = theirs::Note::from_bytes(&bytes).unwrap();
        prop_assert_eq!(parsed.text(), text.as_bytes());
        let verifiers = theirs::VerifierList::new(vec![Box::new(verifier)]);
        prop_assert!(parsed.verify(&verifiers).is_ok());
        let secret_text = secret.to_secret();
        prop_assert!(theirs::StandardSigner::new(&secret_text).is_ok());
    }

    #[test]
    fn a_note_with_any_byte_changed_is_not_believed(at in any::<prop::sample::Index>(), by in 1u8..) {
        let mut bytes = SPEC_NOTE.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = bytes[at].wrapping_add(by);
        let keys = [key(SPEC_KEY)];
        let believed = Note::parse(&bytes).and_then(|note| names(&note, &keys));
        prop_assert!(believed.is_err());
    }
}
