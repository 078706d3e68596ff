"""Who may come in: accounts, roles, dated postings and logins."""
