select global_seq from read.dead_letters where projection = $1 and resolution = 'DISCARDED'
