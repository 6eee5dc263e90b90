-- Whoever waits to write here finds that it no longer may.
update {schema}.progress set epoch = -1;
update {old}.progress set epoch = -1;
alter schema {schema} rename to {next}_back;
alter schema {old} rename to {schema};
alter schema {next}_back rename to {old};
