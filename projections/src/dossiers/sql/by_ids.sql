select to_jsonb(d) as stored from dossiers d where ticket_id = any($1)
