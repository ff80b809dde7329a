"""From an article's text to its statements. `reader.py` shows the stages in order.

Everything here reads a parsed spaCy `Doc` (ClearNLP dependencies, Penn Treebank tags, OntoNotes
entity types) and never knows which model made it; only `parse.py` imports spaCy.
"""
