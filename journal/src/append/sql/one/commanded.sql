commanded as (
    insert into journal.commands (actor, command_id, input_hash, outcome)
    values ($8, $9, $10, $11::text::jsonb)
)
