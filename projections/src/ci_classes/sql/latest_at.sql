select coalesce(max(since_seq), 0) as latest from ci_classes where since_seq <= $1
