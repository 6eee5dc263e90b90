select to_jsonb(u) - 'searched' as stored from units u where unit_id = any($1)
