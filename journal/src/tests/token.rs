use crate::token::PositionToken;

#[test]
fn a_token_is_read_back_from_its_text() {
    for (xid, position) in [(0, 0), (1, 2), (i64::MAX, i64::MAX), (770, 1 << 40)] {
        let token = PositionToken { xid, position };
        assert_eq!(token.to_string().parse(), Ok(token));
        assert_eq!(token.to_string().len(), 22);
    }
}

#[test]
fn tokens_are_ordered_by_transaction_before_position() {
    let token = |xid, position| PositionToken { xid, position };
    assert!(token(1, 9) < token(2, 1) && token(2, 1) < token(2, 2));
}

#[test]
fn what_is_no_token_is_refused() {
    let negative = PositionToken { xid: -1, position: 1 }.to_string();
    let token = PositionToken { xid: 1, position: 1 }.to_string();
    let wrong =
        ["", "1", "AAAA", &negative, &token[1..], &format!("{token}A"), &format!("{token}=")];
    for wrong in wrong {
        assert!(wrong.parse::<PositionToken>().is_err(), "{wrong}");
    }
}
