select to_jsonb(p) - 'searched' as stored from people p where true
