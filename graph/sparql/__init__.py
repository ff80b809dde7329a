"""A stranger's SPARQL query, held safely. The files in reading order:

    lanes.py      OPEN ME FIRST: a query gets a place and a worker, and its rows come back
    guard.py      refuses what may not be asked, before any parser sees it (tokens.py: the words)
    alike.py      what the guard said of queries that differ in their terms only
    results.py    the result formats, as two tables
    habits.py     which queries take long, as far as one remembers
    places.py     the places of the fast lane and the slow one, and who waits
    newest.py     the state of the store that is asked
    rows.py       the answer to one query, as it arrives
    cache.py      answers that are kept until something is written
    pool.py       the same for threads, without an event loop
    crew.py       the workers of an event loop (keeper.py: the thread that starts them)
    process.py    one worker as its parent sees it
    wire.py       the frames between the two
    failures.py   from a worker's trouble or death to an error that says what to do
    worker.py     the worker: opens a checkpoint of the store, answers one query at a time
    child.py      what both kinds of process do first: signals and pipes
    update_guard.py   the guard for updates (prologues.py: BASE and PREFIX to their beginning)
    helper.py     a process for what strangers write (rehearsal.py: what it does with it)
    sandbox.py    takes from the worker what it does not need (landlock.py: files; seccomp.py: system calls)

Nothing is imported here, since each worker starts by importing this package.
"""
