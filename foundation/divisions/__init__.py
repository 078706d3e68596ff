"""The ground the house stands on: administrative divisions, their former codes, villager groups."""
