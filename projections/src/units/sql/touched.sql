select unit_id as key, to_jsonb(u) as stored from units u where unit_id = any($1)
