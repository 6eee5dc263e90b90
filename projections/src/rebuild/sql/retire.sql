-- Whoever waits to write here finds that it no longer may.
update {schema}.progress set epoch = -1;
alter schema {schema} rename to {old};
