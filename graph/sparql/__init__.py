"""A stranger's SPARQL query, held safely. The files in reading order:

    pool.py       OPEN ME FIRST: a query goes to a worker process and its rows come back
    guard.py      refuses what may not be asked, before any parser sees it (tokens.py: the words)
    results.py    the result formats, as two tables
    keeper.py     the thread that starts workers, ends them at their deadline and replaces them
    process.py    one worker as its parent sees it
    wire.py       the frames between the two
    failures.py   from a worker's trouble or death to an error that says what to do
    worker.py     the worker: opens a checkpoint of the store, answers one query at a time
    sandbox.py    takes from the worker what it does not need (landlock.py: files; seccomp.py: system calls)

Nothing is imported here, since each worker starts by importing this package.
"""
