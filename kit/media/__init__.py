"""A lesson's media files as they are read: slides with notes, captions. Writes and runs nothing."""
