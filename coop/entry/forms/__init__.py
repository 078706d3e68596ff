"""What the clerk fills in: the lines, the whole form, stored terms as values, and the form as it was read."""
