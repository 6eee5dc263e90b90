comment on schema {schema} is '{maker}'
