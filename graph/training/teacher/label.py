"""Let the teacher label tokens. A stand-alone script for the teacher's environment (spaCy 2.3).

    python label.py TOKENS LABELS [--whole]

Reads TOKENS/NAME.jsonl, one paragraph a row (`words`, `spaces`, `starts` or null), and writes the same rows
to LABELS/NAME.jsonl with `tags`, `heads` (positions in the paragraph), `deps`, `ents` ([start, end, label])
and `starts`. A file that is there already is not made again.

With --whole the teacher may start a sentence only after a full stop, question mark, colon and the like: by
itself it splits sentences far too often. Leave it out where the teacher itself is measured.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

TEACHER = "en_core_web_sm"
# The teacher learnt from plain typewriter marks; the student sees the text as it is.
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "--", "–": "-", "…": "...", "\u00a0": " "}
)
CLOSING = {'"', "'", "''", ")", "]"}
ENDING = {".", "?", "!", "...", ":", ";", "--"}


def may_start(words: list[str], i: int) -> bool:
    """Tell whether a sentence could start at the i-th word, by the words before it."""
    i -= 1
    while i > 0 and words[i] in CLOSING:
        i -= 1
    return i < 0 or words[i] in ENDING or words[i].endswith(".") or words[i].isspace()


def make_doc(vocab: Any, paragraph: dict[str, Any], whole: bool) -> Doc:
    """Return the paragraph as the teacher is to see it, with the sentence starts that are known."""
    words = [word.translate(PLAIN) or word for word in paragraph["words"]]
    doc = Doc(vocab, words=words, spaces=paragraph["spaces"])
    if paragraph["starts"]:
        for token, start in zip(doc, paragraph["starts"], strict=True):
            token.is_sent_start = start == 1
    elif whole:
        for token in doc:
            if not may_start(words, token.i):
                token.is_sent_start = False
    return doc


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def annotate(nlp: Any, paragraphs: Iterable[dict[str, Any]], whole: bool) -> Iterable[Doc]:
    """Return the labelled paragraphs, in order."""
    docs: Iterable[Doc] = (make_doc(nlp.vocab, paragraph, whole) for paragraph in paragraphs)
    for _, component in nlp.pipeline:
        docs = component.pipe(docs, batch_size=64)
    return docs


def labels(doc: Doc) -> dict[str, list[Any]]:
    """Return what the teacher says of one paragraph."""
    return {
        "tags": [token.tag_ for token in doc],
        "heads": [token.head.i for token in doc],
        "deps": [token.dep_ for token in doc],
        "ents": [[ent.start, ent.end, ent.label_] for ent in doc.ents],
        "starts": [1 if token.i == token.sent.start else -1 for token in doc],
    }


def label_file(nlp: Any, path: Path, out: Path, whole: bool) -> int:
    """Label one source, all of it or nothing; return its number of tokens."""
    part = out.with_name(out.name + ".part")
    tokens = 0
    with part.open("w", encoding="utf-8") as file:
        for paragraph, doc in zip(read(path), annotate(nlp, read(path), whole), strict=True):
            tokens += len(doc)
            file.write(json.dumps({**paragraph, **labels(doc)}, ensure_ascii=False) + "\n")
    part.replace(out)
    return tokens


def main() -> None:
    """Label every source that has no labels yet."""
    parser = argparse.ArgumentParser(description="Let the teacher label tokens.")
    parser.add_argument("tokens", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--whole", action="store_true", help="start sentences only after closing punctuation")
    args = parser.parse_args()
    warnings.filterwarnings("ignore", message=r"\[W031\]")  # made for spaCy 2.2, but 2.3 reads it as well
    nlp = importlib.import_module(TEACHER).load()
    for path in sorted(args.tokens.glob("*.jsonl")):
        out = args.labels / path.name
        if not out.exists():
            began = time.monotonic()
            tokens = label_file(nlp, path, out, args.whole)
            speed = tokens / (time.monotonic() - began)
            print(f"  {path.stem}: {tokens} tokens, {speed:.0f} a second", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
