"""Supplementary agreements (补充协议), written from the difference between signed and proposed terms."""
