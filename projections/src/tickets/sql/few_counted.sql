select 1 as key from tickets t
