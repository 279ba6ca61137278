"""What the law gives people, and what it asks of a team: copies without names, a person's own."""
