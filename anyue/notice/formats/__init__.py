"""One module a file format; each gives the text that people see, paragraphs as lines."""
