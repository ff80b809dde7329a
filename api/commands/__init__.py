"""What the command line can do: a file for each command, thin like the HTTP routes.

options.py     the arguments and options that several commands share
streams.py     standard input, output and error, whatever the caller made of them
output.py      where data and words go; printable.py: what of them a terminal would obey is left out
tables.py      how a person sees statements; words.py: short names and sums
questions.py   the SPARQL that ships, and rows for a person
extraction.py  what `extract` can write
"""
