-- Events that concern no row of the view have been passed.
update progress set applied_through = $2 where applied_through = $1 and epoch = $3
