select count(*) as count from units u where true
