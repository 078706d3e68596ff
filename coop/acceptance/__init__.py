"""Acceptance (验收): the farmer's own word on the work, by code, on paper or by silence; and disputes."""
