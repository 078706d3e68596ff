"""Work orders (作业单), their lines, and what was really done on each parcel."""
