select t.*, false as walked from tickets t
