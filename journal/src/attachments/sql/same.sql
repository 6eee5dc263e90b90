select ticket_id = $2 and sha256 = $3 as same from identity.attachments where attachment_id = $1
