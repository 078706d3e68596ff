"""The measured claims of the README, each runnable by one command: ``make bench``."""
