"""From an article's text to its statements. `reader.py` shows the stages in order.

Everything here reads a parse (ClearNLP dependencies, Penn Treebank tags, OntoNotes entity types) and never
knows which model made it; only `parse.py` and the shortcuts that it takes import spaCy. What the rules read
is the copy in plain objects that `tokens.py` makes of spaCy's `Doc`, with the same names, since asking spaCy
costs more than the rules do.
"""
