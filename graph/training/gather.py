"""Plain text becomes tokenised paragraphs.

`NAME.sent.txt[.gz]` holds one sentence a line, `NAME.par.txt[.gz]` one paragraph a line; in both a blank
line ends a document.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import IO, TYPE_CHECKING

import spacy

from graph.errors import BadEncoding, UnreadableSource
from graph.training.rows import Tokens, source_name, write

if TYPE_CHECKING:
    from spacy.language import Language

KINDS = (".sent.txt", ".sent.txt.gz", ".par.txt", ".par.txt.gz")
MAX_TOKENS = 400  # longer paragraphs are lists, tables and legal text
GROUP_SIZES = (1, 1, 2, 3, 4, 5, 6)  # sentences that make a paragraph, each as likely as it stands here


def corpus_files(corpus: Path) -> list[Path]:
    """Return the text files of a folder, sorted.

    Raises UnreadableSource if there is none, or if two are of the same name.
    """
    found = sorted(path for path in corpus.glob("*.txt*") if path.name.endswith(KINDS))
    if not found:
        raise UnreadableSource(
            f"{str(corpus)!r} holds no text to train on; name a folder of files in {', '.join(KINDS)}."
        )
    name, count = Counter(source_name(path) for path in found).most_common(1)[0]
    if count > 1:
        raise UnreadableSource(
            f"{str(corpus)!r} holds {count} files named {name!r}; give each source its own name."
        )
    return found


def gather(corpus: Path, out: Path) -> None:
    """Write `out`/NAME.jsonl, the tokens of spaCy's own English tokenizer, for each source of `corpus`.

    Raises BadEncoding or UnreadableSource, naming the file that cannot be read.
    """
    nlp = spacy.blank("en")
    for path in corpus_files(corpus):
        name = source_name(path)
        rng = Random(name)  # by its name, so that a source is cut the same whatever lies beside it
        try:
            write(out / f"{name}.jsonl", paragraphs(nlp, path, rng))
        except UnicodeDecodeError as error:
            raise BadEncoding(
                f"{path.name!r} is not in UTF-8; convert it, or take it out of the corpus."
            ) from error
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise UnreadableSource(f"{path.name!r} is not a whole gzip file; pack it again.") from error


def paragraphs(nlp: Language, path: Path, rng: Random) -> Iterator[Tokens]:
    """Yield the tokenised paragraphs of a source."""
    known = ".sent." in path.name
    for number, lines in enumerate(_documents(path)):
        groups = _group(lines, rng) if known else ([line] for line in lines)
        for group in groups:
            words, spaces, starts = _tokenise(nlp, group)
            if 2 <= len(words) <= MAX_TOKENS:
                yield {"doc": number, "words": words, "spaces": spaces, "starts": starts if known else None}


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _documents(path: Path) -> Iterator[list[str]]:
    """Yield the lines of each document."""
    lines: list[str] = []
    with _open(path) as file:
        for line in file:
            if line.strip():
                lines.append(line.strip())
            elif lines:
                yield lines
                lines = []
    if lines:
        yield lines


def _group(sentences: list[str], rng: Random) -> Iterator[list[str]]:
    """Group consecutive sentences into paragraphs."""
    start = 0
    while start < len(sentences):
        size = rng.choice(GROUP_SIZES)
        yield sentences[start : start + size]
        start += size


def _tokenise(nlp: Language, sentences: list[str]) -> tuple[list[str], list[bool], list[int]]:
    """Tokenise sentence by sentence, so that each begins a token of its own."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    for sentence in sentences:
        doc = nlp.make_doc(sentence)
        words += [token.text for token in doc]
        spaces += [bool(token.whitespace_) for token in doc]
        starts += [1] + [-1] * (len(doc) - 1)
        spaces[-1] = True
    return words, spaces, starts
