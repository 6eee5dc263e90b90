select obj_description(to_regnamespace($1), 'pg_namespace') as comment
