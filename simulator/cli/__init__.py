"""The commands: thin, each calls what the engine offers and prints it."""
