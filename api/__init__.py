"""The doors of newsgraph: how people and programs talk to the graph. The HTTP files in reading order:

    app.py          OPEN ME FIRST: create_app(settings), and what a request passes on its way
    state.py        what one running server holds
    articles.py  entities.py  statements.py  exports.py     the REST resources, one file each
    sparql.py       the SPARQL 1.1 Protocol, before the query lanes (rows.py, whole.py: its answers;
                    memo.py, quick.py, shortcut.py: shorter ways to them)
    queries.py      questions with a name, which go the same way
    updates.py  graph_store.py  uploads.py      SPARQL updates, and whole graphs
    service.py  protocol.py  addresses.py       the service description, and what the W3C protocols share
    backups.py      a backup while the server works
    linked_data.py  linked_page.py  pages.py  operations.py  docs/     IRIs, the page, health, documentation
    ingestion.py  presence.py   the one lane in which articles are read, for clients that are still there
    streams.py      answers in chunks from a thread
    turns.py  bodies.py  tables.py    who may have a thread or a process; articles out of a request's body
    parameters.py  paging.py  negotiation.py  caching.py    what the resources share
    server.py  connections.py  timers.py                    the socket, and how long a client is waited for
    problems.py  security.py  cors.py                       errors as problem+json; who may ask, and how much
    schemas.py  openapi.py  protocol_docs.py                what /openapi.json says

The command line is `cli.py`, with a file for each command in `commands/`; it and the routes call the
same functions.
"""
