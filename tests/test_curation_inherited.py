"""When another version of an article takes its place, decisions hold where their sentence stayed."""

from __future__ import annotations

from pathlib import Path

from graph import curation, pipeline, views
from graph.curation import Wanted
from graph.decisions import Carried
from graph.model import Article, Entity, EntityType, Reading
from graph.store import decided
from graph.store.archive import UNNAMED, Archive
from graph.store.backups import backup, restore
from graph.store.rebuilding import rebuild
from graph.store.upkeep import verify
from tests.conftest import BASE
from tests.deciding import HAND, expected
from tests.keeping import keep
from tests.readings import Draft, Recorded

PRAISED, SUED, MET = range(3)


def version(day: int, begin: str = "", middle: str = "Vale sued Norvalia. ") -> Reading:
    """Three sentences, of which some differ between versions; the meeting is this article's own."""
    draft = Draft(Article(f"{begin}Hale criticised Vale. {middle}Vale held the meeting on {day} May."))
    draft.sentence("Hale")
    hale, vale = draft.node("Hale", EntityType.PERSON), draft.node("Vale", EntityType.PERSON)
    draft.say(hale, draft.predicate("criticised", "criticise"), vale)
    if middle:
        draft.sentence(middle.rstrip())
        vale = draft.node("Vale", EntityType.PERSON)
        draft.say(vale, draft.predicate("sued", "sue"), draft.node("Norvalia", EntityType.PLACE))
    draft.sentence("Vale held")
    vale = draft.node("Vale", EntityType.PERSON)
    meeting = f"the_meeting.{draft.article.id[:6]}"
    draft.entity(Entity(meeting, "the meeting", EntityType.CONCEPT))
    node = draft.node("the meeting", EntityType.CONCEPT)
    draft.entities.pop(node.id)
    draft.mentions.pop()
    draft.say(vale, draft.predicate("held", "hold"), type(node)(meeting, *_rest(node)))
    return draft.reading()


def _rest(node: object) -> tuple[object, ...]:
    return tuple(getattr(node, name) for name in ("label", "type", "text", "start", "end"))


OLD, NEW, LAST = version(3), version(4, "Rain fell. "), version(5)
CUT = version(6, middle="")


def decide(archive: Archive) -> None:
    keep(archive, OLD)
    curation.correct(archive, OLD.statements[PRAISED].id, {"predicate": "praise"}, HAND)
    curation.reject(archive, OLD.statements[SUED].id, HAND)
    curation.correct(archive, OLD.statements[MET].id, {"modality": "planned"}, HAND)
    curation.rename(archive, OLD.statements[MET].object.id, "Hale meeting", HAND)  # type: ignore[union-attr]
    curation.rename(archive, "Hale", "Mira Hale", HAND)


def put(archive: Archive, old: Reading, new: Reading) -> Carried:
    report, carried = pipeline.replace(old.article.id, new.article, archive, Recorded(new, name=UNNAMED))
    assert report.ok
    return carried


def said(archive: Archive, reading: Reading) -> list[tuple[str, str]]:
    found = views.article_statements(archive, reading.article.id)
    return [(one.predicate.id, one.subject.label) for one in found]


def test_decisions_hold_for_the_sentences_that_stayed(archive: Archive) -> None:
    decide(archive)
    assert put(archive, OLD, NEW) == Carried((1, 2, 4), (3,))
    assert said(archive, NEW) == [("praise", "Mira Hale"), ("hold", "Vale")]
    assert set(archive.store.quads()) == expected(archive, [NEW])
    assert not list(verify(archive))
    told = {one["id"]: (one["state"], one["articles"]) for one in curation.decisions(archive, Wanted()).items}
    active, idle = ("active", 1), ("idle", 0)
    assert told == {1: active, 2: active, 3: idle, 4: active, 5: active}
    about = Wanted(about=NEW.statements[SUED].id)
    (found,) = curation.decisions(archive, about).items
    assert (found["id"], found["also"]) == (2, [NEW.statements[SUED].id])
    held = NEW.statements[MET].object.id  # type: ignore[union-attr]
    assert views.entity(archive, held).entity.label == "Hale meeting"


def test_they_go_on_to_the_next_version_and_back(archive: Archive) -> None:
    decide(archive)
    put(archive, OLD, NEW)
    curation.correct(archive, NEW.statements[PRAISED].id, {"modality": "claimed"}, HAND)
    assert put(archive, NEW, LAST) == Carried((1, 2, 4, 6))
    assert put(archive, LAST, CUT) == Carried((1, 4, 6), (2,))
    keep(archive, OLD)
    assert put(archive, CUT, OLD).kept == (1, 4, 6)
    assert set(archive.store.quads()) == expected(archive, [OLD])
    for number in (6, 5, 4, 3, 2, 1):
        curation.undo(archive, number, HAND)
    assert said(archive, OLD) == [("criticise", "Hale"), ("sue", "Vale"), ("hold", "Vale")]
    assert set(archive.store.quads()) == expected(archive, [OLD])
    with archive.ledger.reading() as sql:
        assert sql.execute("SELECT count(*) FROM originals").fetchone() == (0,)


def test_they_hold_through_rebuild_backup_and_being_taken_away(tmp_path: Path) -> None:
    folder, other, file = tmp_path / "data", tmp_path / "other", tmp_path / "backup.tar"
    with Archive.open(folder, BASE) as archive:
        decide(archive)
        put(archive, OLD, NEW)
        live = set(archive.store.quads())
        file.write_bytes(b"".join(backup(archive)))
        rebuild(archive, Recorded(NEW, name=UNNAMED).read_many, UNNAMED, everything=True)
    restore(file, other)
    for where in (folder, other):
        with Archive.open(where, BASE) as archive:
            assert set(archive.store.quads()) == live
            archive.delete(NEW.article.id)
            keep(archive, NEW)
            assert set(archive.store.quads()) == live
            curation.undo(archive, 2, HAND)
            assert said(archive, NEW)[1] == ("sue", "Vale")
            assert not list(verify(archive))


def test_a_version_that_is_there_already_takes_them_too_and_again(archive: Archive) -> None:
    """As after a kill in the middle: both are there, the decisions are half on their way."""
    decide(archive)
    keep(archive, NEW)
    assert said(archive, NEW)[0][0] == "criticise"
    for _ in range(2):
        with archive.turn():
            assert archive.curator.inherit(OLD.article.id, NEW.article.id).kept == (1, 2, 4)
        assert set(archive.store.quads()) == expected(archive, [OLD, NEW])
    curation.undo(archive, 1, HAND)
    assert said(archive, OLD)[0] == said(archive, NEW)[0] == ("criticise", "Mira Hale")
    assert put(archive, OLD, NEW) == Carried((2, 4), (3,))


def test_of_a_sentence_said_twice_one_stays_rejected(archive: Archive) -> None:
    twice = "Vale sued Norvalia. Hale slept. Vale sued Norvalia. "

    def reading(end: str) -> Reading:
        draft = Draft(Article(f"{twice}{end}"))
        for place in (0, twice.rindex("Vale")):
            draft._sentence = (place, draft.article.text.index(". ", place) + 1)
            vale, there = draft.node("Vale", EntityType.PERSON), draft.node("Norvalia", EntityType.PLACE)
            draft.say(vale, draft.predicate("sued", "sue"), there)
        return draft.reading()

    old, new = reading("It rained."), reading("It snowed.")
    keep(archive, old)
    curation.reject(archive, old.statements[1].id, HAND)
    assert put(archive, old, new) == Carried((1,))
    (left,) = views.article_statements(archive, new.article.id)
    assert left.id == new.statements[0].id
    assert decided.decisions(archive.ledger)[0].also == (new.statements[1].id,)
