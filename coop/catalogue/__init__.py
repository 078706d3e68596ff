"""What is grown, which work is offered for it, to which standard and at which price."""
