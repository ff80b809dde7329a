"""Ratios, measured side by side in one run: `make bench`. They inform, and never decide a test.

Two things that are compared take turns, so that what else the machine does meets both alike; what is
printed is the median. The data is made here.
"""
