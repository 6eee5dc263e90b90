select ticket_id, key_id, content from identity.attachments where attachment_id = $1
