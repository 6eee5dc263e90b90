select t.*, true as walked from tickets t
