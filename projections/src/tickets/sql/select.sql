select to_jsonb(t) as stored from tickets t
