"""The roof: it builds the application out of both wings and contains no rule of either."""
