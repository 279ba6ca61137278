"""A file on the disk: locks, turns, rival copies, passwords; written whole or not at all."""
