"""Who may do what and where: roles, and the dated postings by which people hold them at units."""
