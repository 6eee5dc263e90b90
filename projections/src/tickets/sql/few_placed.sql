select t.ctid as key from tickets t
