commanded as (
    insert into journal.commands (actor, command_id, input_hash, outcome)
    select c.a, c.c, c.h, c.o::jsonb
    from unnest($1::text[], $2::uuid[], $3::bytea[], $4::text[]) as c (a, c, h, o)
)
