"""What a stranger sent and a large parser is to read: read in a process of its own that can do little else.

reading.py    our side: starts the process, takes the articles from it one by one, ends it
child.py      the process: its memory, time, files and calls are limited before it looks at a byte
items.py      an article or a failure as a line between the two
"""
