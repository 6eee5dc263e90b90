select to_jsonb(s) - 'searched' as stored from subjects s where true
