"""The law of trusteeship contracts, pure: terms, money, life, and what each check finds."""
