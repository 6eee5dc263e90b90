select t.* from tickets t
