insert into identity.attachments (attachment_id, ticket_id, key_id, sha256, content, created_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (attachment_id) do nothing
