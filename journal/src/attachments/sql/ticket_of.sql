select ticket_id from identity.attachments where attachment_id = $1
