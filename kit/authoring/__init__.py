"""The teacher's machine: tools that make and check a course."""
