"""Associations of several antennas, made at random, and what they count as one."""
