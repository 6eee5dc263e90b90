alter schema {next} rename to {schema};
