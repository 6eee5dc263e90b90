//! Whole examples of the files that strangers send, and what spoils them.

/// One change to a file.
pub type Edit = (u8, u16, u8);

const CHECKPOINT: &str = "example.com/behind-the-sofa\n20852163\n\
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const NOTE: &str = "example.com/behind-the-sofa\n20852163\n\
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/\
    Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
    \u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/\
    zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
const PROOF_HEAD: &str = "c2sp.org/tlog-proof@v1\nextra eA==\nindex 73894\n\
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n\
    B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n\n";
/// A policy; its key is the one of the note format's own example.
pub const POLICY: &str = "# trusted\nlog example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n\
    #annals-from 530d903a 9\nquorum none\n";
const TILE: &str = "tile/0/x001/x234/067.p/12";

const LINE: &str = concat!(
    r#"{"global_seq":57,"aggregate_type":"ticket","aggregate_id":"a","sequence":3,"#,
    r#""event_type":"ticket.cancelled","event_version":"1","recorded_at":1458043200000000,"#,
    r#""salt":"AAECAwQFBgcICQoLDA0ODw==","payload":"{\"cancelled\":{}}","metadata":"{}","#,
    r#""proof":["gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ="]}"#,
);
const QUESTION_HEAD: &str = "old 20852014\ngSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n\n";
const RECEIPT: &str = "annals-receipt/v1\nannals/1\nrole/0190f3a0-5f6e-7cc1-b2fd-3f1a4d9c8e01/3\n\
    YW5uYWxzLWxlYWYvdjEKAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n2026-03-01T00:00:00.000001Z\n";
const MANIFEST: &str = r#"{
  "format": "annals-bundle/v1",
  "origin": "annals/1",
  "size": 57,
  "root": "00ff",
  "chosen": {
    "period": {
      "from": "2026-03-01T00:00:00Z",
      "to": "2026-04-01T00:00:00Z"
    }
  },
  "events": 1,
  "kinds": {
    "ticket.cancelled/1": 1
  }
}
"#;

/// The examples: a checkpoint, a note, a proof, a policy, a tile's path, a bundle of entries, an event of
/// a bundle of evidence, its manifest, a question to a witness, what a signed receipt says.
pub fn examples() -> [Vec<u8>; 10] {
    let [proof, question] =
        [PROOF_HEAD, QUESTION_HEAD].map(|head| format!("{head}{NOTE}").into_bytes());
    let bundle = b"\0\0\0\x02ab\0\x01c".to_vec();
    let [checkpoint, note, policy, tile] = [CHECKPOINT, NOTE, POLICY, TILE].map(Vec::from);
    let [line, manifest, receipt] = [LINE, MANIFEST, RECEIPT].map(Vec::from);
    [checkpoint, note, proof, policy, tile, bundle, line, manifest, question, receipt]
}

/// One of the examples after these edits: bytes changed, put in, taken out, doubled, cut off.
pub fn spoiled(example: u8, edits: &[Edit]) -> Vec<u8> {
    let examples = examples();
    let mut bytes = examples[usize::from(example) % examples.len()].clone();
    for &(kind, place, byte) in edits {
        let at = usize::from(place) % (bytes.len() + 1);
        match (kind % 6, at < bytes.len()) {
            (0, true) => bytes[at] = byte,
            (1, true) => bytes[at] = bytes[at].wrapping_add(byte),
            (2, true) => drop(bytes.remove(at)),
            (3, _) => bytes.insert(at, byte),
            (4, _) => {
                let end = (at + usize::from(byte)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.extend(again);
            }
            (5, true) if byte < 8 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}
