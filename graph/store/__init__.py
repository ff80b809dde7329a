"""Where articles and their graph are kept: `archive.py` holds the ledger and the graph store as one."""
