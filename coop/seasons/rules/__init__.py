"""The rules of the season board: who may open it, and how cells of work add up."""
