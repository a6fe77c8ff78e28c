"""What is handed out about a session: built once as plain data, then written in a format."""
