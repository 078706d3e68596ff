"""Mandates (授权委托书): what a household lets its collective do for it, for which land, how long."""
