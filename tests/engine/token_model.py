"""A second, plain idea of how tokens move, and random drawings to compare the engine with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, pairwise

from hypothesis import strategies as st

from tests.engine.build import assign, both, boundary, end, flow, output, script, service, start, user, xor


@dataclass
class Drawing:
    """A drawing under construction: what the model needs, and the same as BPMN."""

    kinds: dict[str, str] = field(default_factory=dict)
    arrows: list[tuple[str, str, str, int | None]] = field(default_factory=list)  # id, from, to, choice
    timers: dict[str, tuple[str, timedelta, bool]] = field(default_factory=dict)  # id: host, after, interrupting
    xml: list[str] = field(default_factory=list)
    _numbers: count = field(default_factory=lambda: count(1))

    def add(self, kind: str) -> str:
        element_id = f"{kind}{next(self._numbers)}"
        self.kinds[element_id] = kind
        return element_id

    def arrow(self, source: str, target: str, choice: int | None = None) -> str:
        arrow_id = f"f{next(self._numbers)}"
        self.arrows.append((arrow_id, source, target, choice))
        self.xml.append(flow(source, target, None if choice is None else f"choice = {choice}", id=arrow_id))
        return arrow_id

    def leaving(self, element_id: str) -> list[tuple[str, str, str, int | None]]:
        return [arrow for arrow in self.arrows if arrow[1] == element_id]


Block = tuple  # ("task", kind, timer) | ("row" | "xor" | "and", blocks) | ("loop", block)

_LEAVES = st.tuples(
    st.just("task"), st.sampled_from(["user", "user", "service", "script"]), st.sampled_from([None, None, True, False])
)


def _wider(blocks: st.SearchStrategy) -> st.SearchStrategy:
    some = st.lists(blocks, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.just("row"), some),
        st.tuples(st.just("xor"), some),
        st.tuples(st.just("and"), st.lists(blocks, min_size=2, max_size=3)),
        st.tuples(st.just("loop"), blocks),
    )


blocks = st.recursive(_LEAVES, _wider, max_leaves=8)


def draw(block: Block) -> Drawing:
    """The block between a start and an end."""
    drawing = Drawing()
    first, last = drawing.add("start"), drawing.add("end")
    drawing.xml += [start(first), end(last)]
    before, after = _DRAW[block[0]](drawing, *block[1:])
    drawing.arrow(first, before)
    drawing.arrow(after, last)
    return drawing


def _task(drawing: Drawing, kind: str, interrupting: bool | None) -> tuple[str, str]:
    element_id = drawing.add(kind)
    own = {"user": (output("seen", "1"),), "service": (), "script": (assign("made", "1"),)}[kind]
    drawing.xml.append({"user": user, "service": service, "script": script}[kind](element_id, *own))
    if interrupting is None or kind == "script":
        return element_id, element_id
    merge = drawing.add("xor")
    drawing.xml.append(xor(merge))
    drawing.arrow(element_id, merge)
    _watch(drawing, element_id, merge, interrupting)
    return element_id, merge


def _watch(drawing: Drawing, host: str, merge: str, interrupting: bool) -> None:
    """A timer on the task: an interrupting one goes on at the merge, another has a task and an end of its own."""
    timer = drawing.add("boundary")
    after = timedelta(minutes=30, seconds=len(drawing.kinds))
    drawing.timers[timer] = (host, after, interrupting)
    drawing.xml.append(boundary(timer, host, f"PT{int(after.total_seconds())}S", interrupting=interrupting))
    if interrupting:
        drawing.arrow(timer, merge)
        return
    side, last = drawing.add("user"), drawing.add("end")
    drawing.xml += [user(side), end(last)]
    drawing.arrow(timer, side)
    drawing.arrow(side, last)


def _row(drawing: Drawing, parts: list[Block]) -> tuple[str, str]:
    ends = [_DRAW[part[0]](drawing, *part[1:]) for part in parts]
    for (_, before), (after, _) in pairwise(ends):
        drawing.arrow(before, after)
    return ends[0][0], ends[-1][1]


def _choice(drawing: Drawing, parts: list[Block]) -> tuple[str, str]:
    split, merge = drawing.add("xor"), drawing.add("xor")
    for number, part in enumerate(parts):
        before, after = _DRAW[part[0]](drawing, *part[1:])
        drawing.arrow(split, before, number)
        drawing.arrow(after, merge)
    drawing.xml += [xor(split, drawing.arrow(split, merge)), xor(merge)]
    return split, merge


def _both(drawing: Drawing, parts: list[Block]) -> tuple[str, str]:
    split, join = drawing.add("and"), drawing.add("and")
    drawing.xml += [both(split), both(join)]
    for part in parts:
        before, after = _DRAW[part[0]](drawing, *part[1:])
        drawing.arrow(split, before)
        drawing.arrow(after, join)
    return split, join


def _loop(drawing: Drawing, part: Block) -> tuple[str, str]:
    """The block, then a task, then back to the block if the choice is 0."""
    merge, again = drawing.add("xor"), drawing.add("xor")
    before, after = _DRAW[part[0]](drawing, *part[1:])
    check, _ = _task(drawing, "user", None)
    drawing.arrow(merge, before)
    drawing.arrow(after, check)
    drawing.arrow(check, again)
    drawing.arrow(again, merge, 0)
    leave = drawing.add("xor")
    drawing.xml += [xor(merge), xor(again, drawing.arrow(again, leave)), xor(leave)]
    return merge, leave


_DRAW = {"task": _task, "row": _row, "xor": _choice, "and": _both, "loop": _loop}


class Model:
    """Tokens as counts: open tasks with their armed timers, and tokens waiting before joins."""

    def __init__(self, drawing: Drawing, choice: int, now: datetime) -> None:
        self.drawing = drawing
        self.open: list[tuple[str, list[tuple[datetime, str]]]] = []
        self.waiting: Counter = Counter()
        self._leave("start1", choice, now)

    def standing(self) -> list[str]:
        return sorted(element_id for element_id, _ in self.open)

    def complete(self, element_id: str, choice: int, now: datetime) -> None:
        """Finish the task at this element (the first, if several are open)."""
        self.open.remove(next(task for task in self.open if task[0] == element_id))
        self._leave(element_id, choice, now)
        self.fire(choice, now)

    def fire(self, choice: int, now: datetime) -> None:
        """Fire due timers, the earliest first."""
        while True:
            armed = [(due, timer, task) for task in self.open for due, timer in task[1] if due <= now]
            if not armed:
                return
            due, timer, task = min(armed, key=lambda each: each[0])
            task[1].remove((due, timer))
            if self.drawing.timers[timer][2]:
                self.open.remove(task)
            self._leave(timer, choice, now)

    def _leave(self, element_id: str, choice: int, now: datetime) -> None:
        leaving = self.drawing.leaving(element_id)
        if self.drawing.kinds[element_id] == "xor":
            taken = [arrow for arrow in leaving if arrow[3] == choice]
            leaving = taken[:1] or [arrow for arrow in leaving if arrow[3] is None]
        for arrow in leaving:
            self._arrive(arrow, choice, now)

    def _arrive(self, arrow: tuple, choice: int, now: datetime) -> None:
        element_id = arrow[2]
        kind = self.drawing.kinds[element_id]
        if kind in ("user", "service"):
            timers = [(now + after, t) for t, (host, after, _) in self.drawing.timers.items() if host == element_id]
            self.open.append((element_id, timers))
        elif kind == "and":
            self.waiting[arrow[0]] += 1
            incoming = [each[0] for each in self.drawing.arrows if each[2] == element_id]
            if all(self.waiting[each] for each in incoming):
                self.waiting.subtract(incoming)
                self._leave(element_id, choice, now)
        elif kind != "end":
            self._leave(element_id, choice, now)
