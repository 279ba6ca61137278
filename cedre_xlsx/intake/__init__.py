"""What a team has already: its tables read, matched with ours, minimised, planned as lines."""
