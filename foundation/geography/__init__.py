"""Shapes on the ground: from degrees to metres and to acreage."""
