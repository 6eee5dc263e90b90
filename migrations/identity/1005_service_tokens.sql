-- The secrets that programs speak with. That a token was issued or revoked is an event; of the secret
-- only its hash is here, and in no backup of the events. Nothing here can be rebuilt from the journal.
set local role annals_owner;

create table identity.service_tokens (
    token_id     uuid primary key,
    account_id   uuid not null,
    -- SHA-256 of the secret, which is 256 random bits; null once it was revoked.
    token_hash   bytea unique check (octet_length(token_hash) = 32),
    created_at   timestamptz not null,
    -- When it last spoke, to the minute.
    last_used_at timestamptz
);
-- Serves: the end of an account takes its tokens with it.
create index service_tokens_of on identity.service_tokens (account_id);

grant select, insert, update, delete on identity.service_tokens to annals_app;

-- The migrator writes down that this was applied, and that table is not the owner's.
reset role;
