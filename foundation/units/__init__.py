"""The bodies that people work for: unions, co-ops, townships, departments, villages."""
