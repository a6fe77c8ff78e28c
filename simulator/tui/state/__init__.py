"""What is on screen, as plain values: reducers and layouts without Textual."""
