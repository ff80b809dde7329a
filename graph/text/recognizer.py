"""Names, as the model's own recognizer finds them, decided for all words of a batch at once.

spaCy's recognizer goes from word to word and tries each of its moves there, which takes a third of its parse.
But what it does outside a name hangs on the word alone, and within one on the word, the one before it and the
first of the name. So all words are scored as if outside, in one product of matrices, and then, for all names
together, their second words, their third, and so on: the same sums, added in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ASKED: list[int | str] = ["SENT_START", "IS_SPACE", "ENT_IOB"]
TOLD: list[int | str] = ["ENT_IOB", "ENT_TYPE"]
INSIDE, OUTSIDE, BEGIN = 1, 2, 3  # as spaCy numbers them in ENT_IOB
FEATURES = 3  # the word, the first of its name, the one before


class Recognizer:
    """What finds names in one pipeline, in place of its own component wherever that does it in the same way.

    `after` are the components that do not run either. `left_out` names the one that need not run, if any.
    """

    def __init__(self, nlp: Language, after: Collection[str] = ()) -> None:
        names = [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == "ner"]
        is_last = len(names) == 1 and not {*_behind(nlp, names[0])} - {*after}
        self.left_out = names if is_last and is_plain(nlp.get_pipe(names[0])) else []
        if self.left_out:
            pipe: Any = nlp.get_pipe(names[0])
            self._pipe = pipe
            self._tok2vec, self._lower, self._upper = pipe.model.layers
            self._know_moves(nlp)

    def _know_moves(self, nlp: Language) -> None:
        """Keep what the columns of the scores stand for: *O*, no name; *B-ORG*, the first word of one."""
        import numpy as np

        known = self._pipe.moves
        moves = [known.get_class_name(i).partition("-") for i in range(known.n_moves)]
        labels = sorted({label for _, _, label in moves if label})
        outside = [
            (i, *move) for i, move in enumerate(moves) if move[0] == "O" or (move[0] in "BU" and move[2])
        ]
        self._labels = np.array([nlp.vocab.strings[label] for label in labels], dtype="uint64")
        self._inside = np.array([moves.index(("I", "-", label)) for label in labels])
        self._last = np.array([moves.index(("L", "-", label)) for label in labels])
        self._outside = np.array([i for i, *_ in outside])
        self._kinds = np.array([kind for _, kind, _, _ in outside])
        self._which = np.array([labels.index(label) if label else -1 for *_, label in outside])

    def give(self, docs: Sequence[Doc]) -> None:
        """Give some parses the names that the component left out would have found in them."""
        import numpy as np

        docs = sorted(filter(len, docs), key=len) if self.left_out else []
        if not docs:
            return
        starts, spaces, given = np.concatenate([doc.to_array(ASKED) for doc in docs]).T
        if given.any():  # names that something before it has found, which it would leave as they are
            list(self._pipe.pipe(docs))
            return
        borders = np.cumsum([0, *map(len, docs)])
        goes_on = np.append(starts[1:] != 1, False)  # the next word is of the same sentence
        goes_on[borders[1:] - 1] = False
        told: Any = np.zeros((len(starts), len(TOLD)), dtype="uint64")
        told[:, 0] = OUTSIDE
        for first, end, label in self._found(docs, goes_on, spaces.astype(bool)):
            told[first:end] = INSIDE, self._labels[label]
            told[first, 0] = BEGIN
        for doc, (first, end) in zip(docs, pairwise(borders.tolist()), strict=True):
            doc.from_array(TOLD, told[first:end])

    def _found(self, docs: Sequence[Doc], goes_on: Any, spaces: Any) -> Iterator[tuple[int, int, int]]:
        """Give first token, end and label of each name, in order; no name goes over the end of a sentence."""
        import numpy as np

        hidden = self._lower.predict(self._tok2vec.predict(docs))
        hidden = hidden.reshape(*hidden.shape[:2], -1)  # word, feature, what it adds
        nothing, words = hidden[0], hidden[1:]
        scores = self._scores(words[:, 0] + nothing[1] + nothing[2])[:, self._outside]
        scores[np.ix_(~goes_on | spaces, self._kinds == "B")] = -np.inf
        scores[np.ix_(spaces, self._kinds == "U")] = -np.inf
        best = scores.argmax(axis=1)
        kinds, labels = self._kinds[best], self._which[best]
        ends = self._ends(words, np.flatnonzero(kinds == "B"), labels, goes_on)
        done = 0
        for i in np.flatnonzero(kinds != "O").tolist():
            if i >= done:  # else it is within a name
                done = int(ends[i])
                yield i, done, int(labels[i])

    def _ends(self, words: Any, first: Any, labels: Any, goes_on: Any) -> Any:
        """Return the end of the name that each word would begin; those that `first` begin are longer."""
        import numpy as np

        ends = np.arange(1, len(words) + 1)
        at = first + 1
        while len(at):
            scores = self._scores(words[at, 0] + words[first, 1] + words[at - 1, 2])
            each, inside, last = np.arange(len(at)), self._inside[labels[first]], self._last[labels[first]]
            more, enough = scores[each, inside], scores[each, last]
            stays = goes_on[at] & ((more > enough) | ((more == enough) & (inside < last)))
            ends[first[~stays]] = at[~stays] + 1
            first, at = first[stays], at[stays] + 1
        return ends

    def _scores(self, summed: Any) -> Any:
        """Return what each move scores for some words, from the sums of their features."""
        import numpy as np

        summed += self._lower.get_param("b").reshape(-1)
        pieces = summed.reshape(len(summed), -1, self._lower.get_dim("nP"))
        largest = reduce(np.maximum, np.moveaxis(pieces, 2, 0))
        return largest @ self._upper.get_param("W").T + self._upper.get_param("b")


def _behind(nlp: Language, name: str) -> list[str]:
    return nlp.pipe_names[nlp.pipe_names.index(name) + 1 :]


def is_plain(pipe: Any) -> bool:
    """True for a recognizer of spaCy's that takes the best move each time, asks for what is summed above,
    and reads words by a part of its own."""
    from spacy.pipeline import EntityRecognizer
    from thinc.api import NumpyOps

    if type(pipe) is not EntityRecognizer or pipe.cfg.get("beam_width") != 1:
        return False
    model: Any = pipe.model
    return (
        isinstance(model.ops, NumpyOps)
        and model.attrs.get("has_upper") is True
        and not model.attrs.get("unseen_classes")
        and model.get_ref("lower").get_dim("nF") == FEATURES
        and model.get_ref("lower").get_dim("nP") > 1
        and not any("listener" in layer.name for layer in model.walk())
    )
