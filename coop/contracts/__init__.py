"""Trusteeship contracts (托管合同): terms, annex, life, frozen revisions."""
