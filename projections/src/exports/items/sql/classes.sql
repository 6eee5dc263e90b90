select class_id, version, definition from ci_classes where until_seq is null
