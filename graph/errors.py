"""Everything that can go wrong, as one tree. The HTTP status of each is in `api/problems.py`.

    NewsgraphError
    ├── InputError                what was given cannot be used as it is
    │   ├── EmptyText             nothing to read
    │   ├── NotText               binary data where text was expected
    │   ├── BadEncoding           not UTF-8
    │   ├── NotEnglish            another language, which would become nonsense in the graph
    │   ├── BadRecord             a JSON line or a field that is malformed
    │   ├── TooLarge              over a limit of the settings
    │   ├── UnreadableSource      no such file, or no permission
    │   ├── AddressRefused        a web address that may not be fetched
    │   ├── UnknownFormat         no exporter, source or result format of that name
    │   ├── BadFilter             a filter, cursor or limit that means nothing
    │   ├── BadGraph              an RDF document that does not parse
    │   └── BadQuery              SPARQL that does not parse
    ├── ReadFailed                something no one foresaw, with one source or article; the others go on
    ├── FetchOff                  the setting `fetch` is off, and a user of the server asked for an address
    ├── FetchFailed               a web address gave nothing that can be read
    │   └── RobotsRefused         the robots.txt of its host asks programs to stay away
    ├── QueryRefused              SPARQL that parses but would leave the store (SERVICE, FROM, updates)
    ├── NotFound                  no article, entity or statement has that id
    │   ├── Gone                  the article of that id was removed
    │   └── Merged                the entity of that id was merged into another
    ├── Conflict                  it is there, but in no state in which that can be done
    ├── QueryTimeout              ended at its deadline
    ├── QueryTooHeavy             ended by its memory limit
    ├── TooWide                   a walk or a sum over more of the graph than one question may touch
    ├── Busy                      every worker is taken; try again
    ├── StoreError                the store on disk
    │   ├── StoreInUse            another process has it open
    │   ├── StoreFull             the disk has no room left
    │   ├── StoreMismatch         made with another base IRI or by a newer version
    │   └── StoreDamaged          files are broken, or the graph and the ledger do not agree
    ├── ModelError                the language model is missing or of another label scheme
    └── SettingsError             a setting that cannot be used

Each message is one sentence or two: what is wrong, then what to do.
"""


class NewsgraphError(Exception):
    """Base of all errors that newsgraph raises on purpose."""


class InputError(NewsgraphError):
    """What was given cannot be used as it is."""


class EmptyText(InputError):
    """There is no text to read."""


class NotText(InputError):
    """Binary data where text was expected."""


class BadEncoding(InputError):
    """The bytes are not UTF-8."""


class NotEnglish(InputError):
    """The text is in another language."""


class BadRecord(InputError):
    """A record (a JSON line, a JSON body) is malformed or lacks its text."""


class TooLarge(InputError):
    """The input is over a limit of the settings."""


class UnreadableSource(InputError):
    """A file does not exist or may not be read."""


class AddressRefused(InputError):
    """A web address is malformed, or leads where nothing may be fetched from."""


class UnknownFormat(InputError):
    """No exporter, source or result format has that name."""


class BadFilter(InputError):
    """A filter, cursor or limit has no meaning."""


class BadGraph(InputError):
    """An RDF document does not parse."""


class BadQuery(InputError):
    """The SPARQL text does not parse."""


class ReadFailed(NewsgraphError):
    """One source or article failed in a way that no one foresaw: a bug, which never stops the others."""


class FetchOff(NewsgraphError):
    """This server fetches no addresses for its users."""


class FetchFailed(NewsgraphError):
    """A web address could not be fetched: not known, not answering, an error, too much, or unreadable."""


class RobotsRefused(FetchFailed):
    """A host's robots.txt does not allow it."""


class QueryRefused(NewsgraphError):
    """The SPARQL query asks for what is not allowed."""


class NotFound(NewsgraphError):
    """Nothing in the store has the id that was asked for."""


class Gone(NotFound):
    """The article of that id was removed, and has not come back."""


class Merged(NotFound):
    """The entity `old` was merged into the entity `new`, whose id is to be used."""

    def __init__(self, message: str, old: str = "", new: str = "") -> None:
        super().__init__(message)
        self.old, self.new = old, new


class Conflict(NewsgraphError):
    """What was asked for cannot be done in the state that things are in."""


class QueryTimeout(NewsgraphError):
    """A query was ended at its deadline."""


class QueryTooHeavy(NewsgraphError):
    """A query was ended by its memory limit, or its worker died."""


class TooWide(NewsgraphError):
    """A path, a neighbourhood or an analysis would touch more of the graph than one question may."""


class Busy(NewsgraphError):
    """Every worker is taken."""


class StoreError(NewsgraphError):
    """The store on disk cannot be used."""


class StoreInUse(StoreError):
    """Another process has the store open."""


class StoreFull(StoreError):
    """The disk has no room left; what was there stays."""


class StoreMismatch(StoreError):
    """The store was made with another base IRI or by a newer version."""


class StoreDamaged(StoreError):
    """Files of the store are broken, or the graph and the ledger do not agree."""


class ModelError(NewsgraphError):
    """The language model is missing or has another label scheme."""


class SettingsError(NewsgraphError):
    """A setting has a value that cannot be used."""
