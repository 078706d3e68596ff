"""The left wing: the supply and marketing cooperative (供销社) and its land trusteeship."""
