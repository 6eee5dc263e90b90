select journal.expire_commands($1) as gone
