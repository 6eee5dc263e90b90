-- One slot, and no lease: whoever keeps it from now on takes one.
update {next}.progress set epoch = 0;
comment on schema {next} is null;
alter schema {next} rename to {schema};
