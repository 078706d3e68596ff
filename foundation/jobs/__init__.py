"""Long work in the background: a row that survives the death of its worker, a progress page, a notice."""
