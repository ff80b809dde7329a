"""Ratios, measured side by side in one run: `make bench`. They inform, and never decide a test.

Two things that are compared take turns, so that what else the machine does meets both alike; what is
printed is the turn with the median ratio, and whether that misses what is wanted. The data is made here.
"""
