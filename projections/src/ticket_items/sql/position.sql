select least(
    (select min(applied_through) from view_cis.progress),
    (select min(applied_through) from view_ci_classes.progress),
    (select min(applied_through) from view_ticket_items.progress)
) as number
