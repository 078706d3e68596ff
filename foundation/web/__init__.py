"""What every page shares: form fields, lists, menus, refusals shown to people."""
