"""One definition of each sheet, read by the writer, the reader, the rules and the docs."""
