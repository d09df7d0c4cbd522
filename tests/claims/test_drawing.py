"""The drawing of a chain: what has a claim from another stands to the right of it."""

from hypothesis import given
from hypothesis import strategies as st

from archive.claims import drawing
from archive.records.chains import ChainNode, Step
from archive.records.parts import Ref, Term

SAID = Term("stated", "")
COUNTED, INFERRED = (Step(SAID, SAID, SAID, SAID, counts) for counts in (True, False))
Steps = dict[tuple[int, int], bool]


def nodes(most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, most), st.integers(0, most))


def chain(steps: Steps) -> list[ChainNode]:
    """The tree of a graph as the page has it: each node in full once, from those that have it from nobody."""
    seen: set[int] = set()

    def node(number: int, above: int | None) -> ChainNode:
        is_repeated = number in seen
        seen.add(number)
        steps_here = () if above is None else (COUNTED if steps[above, number] else INFERRED,)
        below = [] if is_repeated else [key for first, key in steps if first == number]
        children = tuple(node(key, number) for key in below)
        is_repeated = is_repeated and any(first == number for first, _ in steps)
        return ChainNode(
            Ref("source", str(number), str(number), "/"), None, None, steps_here, children, is_repeated=is_repeated
        )

    numbers = sorted({number for step in steps for number in step})
    below = {key for (_first, key), counts in steps.items() if counts}
    return [node(number, None) for number in sorted(numbers, key=lambda one: one in below) if number not in seen]


def columns(steps: Steps) -> dict[int, int]:
    drawn = drawing.draw(chain(steps))
    return {int(box.key): box.column for box in drawn.boxes} if drawn else {}


@given(
    st.sets(nodes(6).filter(lambda step: step[0] < step[1]), min_size=1),
    st.sets(nodes(6).filter(lambda step: step[0] != step[1])),
)
def test_each_step_that_counts_leads_to_the_right(counted: set[tuple[int, int]], inferred: set[tuple[int, int]]):
    stands = columns(dict.fromkeys(sorted(inferred), False) | dict.fromkeys(sorted(counted), True))

    assert [(above, key) for above, key in counted if stands[above] >= stands[key]] == []


@given(st.dictionaries(nodes(14).filter(lambda step: step[0] != step[1]), st.booleans(), min_size=1))
def test_rings_and_long_chains_stay_within_the_drawing(steps: Steps):
    stands = columns(steps)

    assert set(stands) == {number for step in steps for number in step}
    assert all(0 <= column < drawing.MOST_COLUMNS for column in stands.values())


def test_what_follows_a_node_that_comes_again_moves_with_it():
    stands = columns({(0, 1): True, (1, 2): True, (0, 3): True, (3, 4): True, (4, 1): True})

    assert stands == {0: 0, 3: 1, 4: 2, 1: 3, 2: 4}
