"""What was done, by whom, when and from where: entries are only ever added, each sealed to the one before."""
