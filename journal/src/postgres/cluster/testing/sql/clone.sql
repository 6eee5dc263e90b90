-- The files are copied: for small databases that are dropped again it is several times as fast as
-- the default, which writes them through the log.
CREATE DATABASE "{0}" TEMPLATE "{1}" STRATEGY file_copy
