"""The recipe of the language model: plain text labelled by a teacher becomes a small spaCy pipeline.

Nothing of newsgraph imports this package; `make model CORPUS=dir` runs it. In reading order:

    recipe.py     open me first: the stages, one after the other
    gather.py     plain text becomes tokens
    teacher/      an older, better-read model labels them (in an environment of its own)
    denoise.py    its systematic mistakes are corrected (survey.py counts them, places.py knows places,
                  evidence.py what a name shows, votes.py what its document says)
    build.py      documents to train and to measure on (splits.py), some made untidy (untidy.py, tokens.py)
    train.py      two trainings, each in two rounds (syntax.cfg, ner.cfg)
    assemble.py   one pipeline out of the parts (ruler.py: parts of speech and morphology)
    evaluate.py   figures (scores.py), also on gold treebanks (gold.py)
    rows.py       the files between the stages

Beside the product's own dependencies it needs spacy-lookups-data, which the development tools bring.
"""
