"""A tiny corpus of its own making, and a stand-in for the teacher.

The stand-in is `graph/training/teacher/label.py` itself, with the pipeline that ships in place of the older
one: the tests of the recipe then need no second environment. What they cannot show is that the script runs
under spaCy 2.3 as well.
"""

from __future__ import annotations

import gzip
import shlex
import sys
from pathlib import Path
from types import ModuleType

from graph.text.parse import load
from graph.training.teacher import label

ROOT = Path(__file__).parent.parent
INVENTED = "Quillonia"  # a name that stands in the corpus and nowhere else

HARBOUR = """\
The council of the harbour met on Monday.
Maria Lindqvist opened the meeting with a short report.

The minister visited the old port in Lisbon.
He spoke with the workers about their wages.

The storm damaged twelve boats near the coast of Norway.
The owners asked the government for help.

The company sold its ships to a bank in London.
The bank paid forty million dollars for the fleet.

The captain of the ferry denied the report.
He said that the crew had followed the rules.

A judge in Madrid fined the owner of the tanker.
The owner will appeal against the decision.

The president of Quillonia arrived in Geneva on Tuesday.
The leaders signed a treaty about the river.

The engineers repaired the bridge in three weeks.
The mayor thanked the engineers for their work.

The army closed the road to the northern border.
The farmers moved their animals to the south.

Scientists in Oslo found a new kind of fish.
They described the fish in a paper on Friday.

The police arrested two men in the market.
The men had stolen a painting from the museum.

The teachers of the city plan a strike in June.
The union wants a rise of five percent.

The hospital in Nairobi opened a new wing.
The wing has room for ninety patients.

John Okafor won the race in the last minute.
Okafor dedicated the victory to his mother.

The airline cancelled all flights to Cairo.
The passengers waited in the hall for a night.

The court did not accept the complaint of the farmers.
The farmers may bring the case to a higher court.

The ambassador of Peru left the talks in anger.
The talks about the border began in March.

The factory in Turin makes parts for trains.
The workers of the factory elected a new speaker.

The river flooded the fields near the village.
The villagers built a wall of stones and sand.

The senate rejected the plan of the government.
The opposition called the plan a mistake.
"""

VALLEY = """\
The valley of Quillonia lies between two mountains. The people of the valley grow apples and wheat.

The government of Quillonia raised the price of bread. The students protested in the streets of the capital.

A train from Vienna stopped near the lake. The driver saw a tree on the rails.

The school in the village has a new teacher. The teacher came from Ireland in May.

The museum bought a map of the coast. The map shows the harbour of Lisbon.

The bank of Quillonia lent money to the farmers. The farmers bought seed and tools.

The team from Ghana beat the team from Chile. The coach praised the goalkeeper.

The doctor warned the villagers of the water. The villagers boiled the water for a month.

The editor of the newspaper resigned on Sunday. The owners named a successor.

The lawyer of the company spoke to the press. The company did not pay the fine.

The king opened the new parliament in the capital. The members swore an oath.

The pilot landed the plane on a frozen lake. The passengers thanked the pilot.
"""


def write_corpus(folder: Path) -> Path:
    """Write the two kinds of files that a corpus may have, packed and plain."""
    folder.mkdir()
    with gzip.open(folder / "harbour.sent.txt.gz", "wt", encoding="utf-8") as file:
        file.write(HARBOUR)
    (folder / "wikinews_2019_2020.par.txt").write_text(VALLEY, "utf-8")
    return folder


STAND_IN = f"exec {shlex.quote(sys.executable)} -m tests.teaching"


def write_teacher(folder: Path, script: str = STAND_IN) -> str:
    """Write a program that takes the place of the teacher's Python: `script` gets the folders and options."""
    path = folder / "teacher"
    path.write_text(f'#!/bin/sh\ncd {shlex.quote(str(ROOT))}\nshift\n{script} "$@"\n', "utf-8")
    path.chmod(0o755)
    return str(path)


def main() -> None:
    """Label as the teacher does, with the pipeline that ships."""
    teacher = ModuleType(label.TEACHER)
    teacher.load = load  # type: ignore[attr-defined]
    sys.modules[label.TEACHER] = teacher
    label.main()


if __name__ == "__main__":
    main()
