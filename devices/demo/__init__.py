"""A whole home in fast motion: every program as a process of its own, told in plain words."""
