"""Who may see and do what: grants, scope, and the gate that is closed by default."""
