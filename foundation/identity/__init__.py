"""Numbers that name a person, an organisation, a plot or an account, and how each is checked."""
