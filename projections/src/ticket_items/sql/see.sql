-- Lets a connection that keeps this model see the two that it reads, behind its own.
select set_config('search_path', current_setting('search_path') || ', view_ci_classes, view_cis', false)
where current_setting('search_path') not like '%view_cis%'
