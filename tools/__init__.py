"""Tools of the workshop: they refresh what is vendored and are not part of the product."""
