//! What comes from strangers: nothing panics, and what is read is written back as it was.

use proptest::prelude::*;

use crate::tlog::bundle::Bundle;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::{Note, NoteError, SIGNATURES_MAX};
use crate::tlog::policy::Policy;
use crate::tlog::proof::LogProof;
use crate::tlog::tile::Tile;

const LINE: &str = "\u{2014} a AAAAAAA=\n";

#[test]
fn a_malformed_note_is_refused_for_what_is_wrong_with_it() {
    use NoteError::{Characters, Form, SignatureLine, TooLarge, TooMany};
    assert!(Note::parse(format!("a\n\n{LINE}").as_bytes()).is_ok());
    assert!(Note::parse(format!("a\n\n\nb\n\n{LINE}").as_bytes()).is_ok());
    let many = |count| format!("a\n\n{}", LINE.repeat(count)).into_bytes();
    assert!(Note::parse(&many(SIGNATURES_MAX)).is_ok());
    let dash = "\u{2014}";
    for (note, error) in [
        (Vec::new(), Form),
        (b"a\n".to_vec(), Form),
        (format!("a\n{LINE}").into_bytes(), Form),
        (b"a\n\n".to_vec(), Form),
        (b"a\n\n\n".to_vec(), Form),
        (format!("a\n\n{}", LINE.trim_end()).into_bytes(), Form),
        (format!("a\r\n\r\n{LINE}").into_bytes(), Characters),
        (format!("a\t\n\n{LINE}").into_bytes(), Characters),
        (format!("a\0\n\n{LINE}").into_bytes(), Characters),
        (b"\xff\n\n".to_vec(), Characters),
        (format!("a\n\n{LINE}more\n").into_bytes(), SignatureLine),
        (format!("a\n\n{dash} a\n").into_bytes(), SignatureLine),
        (format!("a\n\n{dash}  AAAAAAA=\n").into_bytes(), SignatureLine),
        (format!("a\n\n{dash} a+b AAAAAAA=\n").into_bytes(), SignatureLine),
        (format!("a\n\n{dash} a AAAAAAA= \n").into_bytes(), SignatureLine),
        (format!("a\n\n{dash} a\u{a0}b AAAAAAA=\n").into_bytes(), SignatureLine),
        // An identity alone, a second spelling of base64, no padding, another alphabet.
        (format!("a\n\n{dash} a AAAAAA==\n").into_bytes(), SignatureLine),
        (format!("a\n\n{dash} a AAAAAAB=\n").into_bytes(), SignatureLine),
        (format!("a\n\n{dash} a AAAAAAA\n").into_bytes(), SignatureLine),
        (format!("a\n\n{dash} a AAAAAA-=\n").into_bytes(), SignatureLine),
        (b"a\n\n-- a AAAAAAA=\n".to_vec(), SignatureLine),
        (format!("a\n\n{dash} a {}\n", "AAAA".repeat(5_000)).into_bytes(), SignatureLine),
        (format!("a\n\n{dash} {} AAAAAAA=\n", "a".repeat(256)).into_bytes(), SignatureLine),
        (many(SIGNATURES_MAX + 1), TooMany),
        (vec![b'a'; (1 << 20) + 1], TooLarge),
    ] {
        assert_eq!(Note::parse(&note), Err(error), "{:?}", String::from_utf8_lossy(&note));
    }
    assert_eq!(Note::new("a"), Err(Form));
    assert_eq!(Note::new("a\r\n"), Err(Characters));
}

/// Bytes that are nearly right: pieces of the formats, shuffled.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "c2sp.org/tlog-proof@v1\n",
        "extra eA==\n",
        "index 3\n",
        "log\n",
        "7\n",
        "\n",
        "\n\n",
        LINE,
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "\u{2014} ",
        "quorum none\n",
        "group g 1 ",
        "witness w ",
        "log ",
        "#annals-from 530d903a 9\n",
        "tile/0/",
        "x001/",
        "000",
        ".p/",
        "255",
        "\r",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ",
        "18446744073709551615\n",
        "\0\x01",
    ]);
    let pieces =
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![pieces, prop::collection::vec(any::<u8>(), 0..200)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn t14_nothing_panics_and_what_is_read_is_written_back(bytes in nearly(), width in 1u16..=256) {
        if let Ok(note) = Note::parse(&bytes) {
            prop_assert_eq!(note.to_string().into_bytes(), bytes.clone());
        }
        if let Ok(proof) = LogProof::parse(&bytes) {
            prop_assert_eq!(proof.to_string().into_bytes(), bytes.clone());
        }
        let bundle = Bundle { index: 0, width };
        if let Ok(entries) = bundle.entries(&bytes) {
            prop_assert_eq!(bundle.file(entries).unwrap(), bytes.clone());
        }
        let _ = Policy::parse(&bytes);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            if let Ok(checkpoint) = text.parse::<Checkpoint>() {
                prop_assert_eq!(checkpoint.to_string(), text);
            }
            if let Ok(tile) = text.parse::<Tile>() {
                prop_assert_eq!(tile.to_string(), text);
            }
        }
    }
}
