select count(*) as count from calendars
