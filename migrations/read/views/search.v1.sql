-- One row a ticket: its words in lower case, a line for each text they come from.
create table ticket_texts (
    ticket_id     uuid primary key,
    -- Personal texts are clear here, or the word 'erased'.
    public_text   text collate "C" not null,
    internal_text text collate "C" not null
);
create index ticket_texts_public on ticket_texts using gin (public_text gin_trgm_ops);
create index ticket_texts_internal on ticket_texts using gin (internal_text gin_trgm_ops);
