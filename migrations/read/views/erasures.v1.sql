-- One row a request that a person be erased, with how far it has come; the end of it is the certificate.
create table erasures (
    erasure_id        uuid primary key,
    person_id         uuid not null,
    -- Article 17(1) GDPR.
    ground            text not null,
    why               text not null,
    -- Null: a program asked.
    requester_id      uuid,
    phase             text not null,
    requested_at      timestamptz not null,
    approved_by       uuid,
    approved_at       timestamptz,
    refused_by        uuid,
    refused_at        timestamptz,
    -- Article 17(3) GDPR, and why.
    exemption         text,
    refused_why       text,
    withdrawn_at      timestamptz,
    begun_at          timestamptz,
    keys_destroyed_at timestamptz,
    -- The identities of the keys that are gone.
    keys              jsonb not null,
    -- Where in the log it stands that they are.
    keys_destroyed_seq bigint,
    purged_at         timestamptz,
    -- Of how many streams, which views, and what beside them; null before.
    purge             jsonb,
    certified_at      timestamptz,
    -- How many events the log had when it was certified, and the root of its tree then.
    certified_size    bigint,
    certified_root    text,
    -- Where in the log the certificate stands.
    certified_seq     bigint,
    version           bigint not null
);
create index erasures_by_age on erasures (requested_at, erasure_id);
create index erasures_by_phase on erasures (phase, requested_at);
