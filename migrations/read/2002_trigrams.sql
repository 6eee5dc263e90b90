-- Finding a part of a text by an index. The extension is a trusted one of PostgreSQL's own; it stands
-- in the schema that every session of the read side searches, so that no view has to name it.
create extension if not exists pg_trgm schema read;
alter extension pg_trgm set schema read;
