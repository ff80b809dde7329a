"""What the marked sheet needs: statements that have no mark yet, or more sentences.

    python -m tests.eval.marking             # statements of the drawn sentences without a mark
    python -m tests.eval.marking --draw 7    # sentences of other articles, drawn with this seed

Both print lines to add, to marks.tsv (the verdict goes into the last column) and to marks_sentences.tsv.
"""

from __future__ import annotations

import random
import sys
from argparse import ArgumentParser
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from graph.model import Article
from graph.text.clean import clean
from graph.text.parse import parse
from graph.text.reader import Reader
from tests.eval import marked, sheet
from tests.eval.corpus import articles
from tests.eval.sheet import Window
from tests.eval.sources import SETS

ARTICLES, SENTENCES = 60, 4  # how many are drawn, and how many of each
SHORTEST = 6  # words; less is a heading or an exclamation


def main(words: Sequence[str] | None = None) -> int:
    """Print what there is to mark; returns the exit status, 2 if the articles are not there."""
    parser = ArgumentParser(prog="python -m tests.eval.marking", description="Print what is to be marked.")
    parser.add_argument("--sets", type=Path, default=SETS, help="the folder of the open sets")
    parser.add_argument("--sheet", choices=list(marked.SHEETS), default="marks", help="which sheet")
    parser.add_argument("--draw", type=int, metavar="SEED", help="draw sentences of other articles")
    asked = parser.parse_args(words)
    try:
        lines = (
            new(marked.load(asked.sets, Reader(), asked.sheet))
            if asked.draw is None
            else more(asked.sets, asked.draw)
        )
        for line in lines:
            print(line)
    except FileNotFoundError as error:
        print(f"There is no {error.filename}; name the open sets beside it with --sets.", file=sys.stderr)
        return 2
    return 0


def new(now: marked.Marked) -> Iterator[str]:
    """Give the statements that have no mark as lines of the sheet, below their sentence."""
    last = None
    for one in now.found:
        if one.mark is None:
            if one.window != last:
                text = now.readings[one.window.article].article.text
                yield f"# {text[one.window.start : one.window.end]}"
                last = one.window
            yield sheet.line(one.window, sheet.told(one.made), "")


def more(folder: Path, seed: int) -> Iterator[str]:
    """Give sentences as lines of their sheet, from articles that no sheet has any of."""
    drawn = (path for path, _ in marked.SHEETS.values() if path.exists())
    known = {window.article for path in drawn for window in sheet.read_windows(path)}
    for window in draw(articles(folder / marked.CORPUS), Reader(), seed, known):
        yield f"{window.article}\t{window.start}\t{window.end}"


def draw(
    chosen_from: Sequence[Article], reader: Reader, seed: int, without: Collection[int] = ()
) -> list[Window]:
    """Return up to `SENTENCES` windows of each of `ARTICLES` articles whose numbers are not in `without`."""
    chance = random.Random(seed)
    numbers = [number for number in range(len(chosen_from)) if number not in without]
    drawn: list[Window] = []
    for number in sorted(chance.sample(numbers, min(ARTICLES, len(numbers)))):
        spans = sentences(chosen_from[number], reader)
        picked = sorted(chance.sample(spans, min(SENTENCES, len(spans))))
        drawn.extend(Window(number, start, end) for start, end in picked)
    return drawn


def sentences(article: Article, reader: Reader) -> list[tuple[int, int]]:
    """Return the characters [start, end) of the sentences of an article that are long enough."""
    cleaned = clean(article.text)
    doc = next(parse(reader.nlp, [cleaned]))
    long = (sent for sent in doc.sents if sum(token.is_alpha for token in sent) >= SHORTEST)
    return [cleaned.original(sent.start_char, sent.start_char + len(sent.text.rstrip())) for sent in long]


if __name__ == "__main__":
    sys.exit(main())
