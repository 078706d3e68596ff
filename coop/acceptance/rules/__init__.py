"""The rules of acceptance: words, codes, checks, and the book that accepted work is entered in."""
