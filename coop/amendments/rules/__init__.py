"""The law of supplementary agreements, pure: their life, what they change, what is proposed."""
