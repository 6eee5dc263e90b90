update identity.attachments set kept = true where attachment_id = $1
