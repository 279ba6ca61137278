"""Everything in the browser, served by this machine to itself alone: a second face of `api/`."""
