select u.state from directory_units u where u.unit_id = $1
