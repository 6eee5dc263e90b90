-- One row a comment.
create table comments (
    comment_id       uuid primary key,
    -- The ticket it stands on; another than the one it was said on when that was merged.
    ticket_id        uuid not null,
    origin_ticket_id uuid not null,
    author_id        uuid not null,
    -- Personal: clear here, or the word 'erased'.
    body             text not null,
    internal         boolean not null,
    mention_ids      uuid[] not null,
    occurred_at      timestamptz not null,
    global_seq       bigint not null
);
create index comments_of on comments (ticket_id, global_seq);
