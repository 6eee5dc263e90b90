select class_id, state from directory_ci_classes
