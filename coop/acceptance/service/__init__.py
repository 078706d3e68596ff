"""The verbs of acceptance: codes, notice, answers, paper, silence, disputes and undoing; none commits."""

