select done_through from read.followers where name = $1
