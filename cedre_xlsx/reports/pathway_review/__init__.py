"""The review of a pathway for the prescriber: what is sure of it, and what is to be filled."""
