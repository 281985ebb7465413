"""Built-ins on lists; places count from 1, negative ones from the end."""

import functools
from decimal import Decimal
from typing import Any

from app.feel.budget import Budget
from app.feel.builtins.registry import Declared
from app.feel.comparison import less, same
from app.feel.numbers import CONTEXT, small_integer
from app.feel.values import Function, kind_of

declared = Declared()


@declared("count", "list: list")
def count(budget: Budget, items: list) -> Decimal:
    """How many items there are."""
    return Decimal(len(items))


@declared("list contains", "list: list, element")
def list_contains(budget: Budget, items: list, element: Any) -> bool:
    """Whether one of the items equals the element."""
    budget.spend(len(items))
    return any(same(item, element, budget) for item in items)


@declared("sum", "list*")
def total(budget: Budget, items: list) -> Any:
    """The sum of numbers; null for an empty list."""
    return functools.reduce(CONTEXT.add, items) if _all_numbers(items) else None


@declared("product", "list*")
def product(budget: Budget, items: list) -> Decimal | None:
    """The product of numbers; null for an empty list."""
    return functools.reduce(CONTEXT.multiply, items) if _all_numbers(items) else None


@declared("mean", "list*")
def mean(budget: Budget, items: list) -> Decimal | None:
    """The average of numbers."""
    if not _all_numbers(items):
        return None
    return CONTEXT.divide(functools.reduce(CONTEXT.add, items), Decimal(len(items)))


@declared("median", "list*")
def median(budget: Budget, items: list) -> Decimal | None:
    """The middle number, or the average of the two in the middle."""
    if not _all_numbers(items):
        return None
    budget.spend(len(items) * 4)
    ordered, middle = sorted(items), len(items) // 2
    if len(items) % 2:
        return ordered[middle]
    return CONTEXT.divide(CONTEXT.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@declared("stddev", "list*")
def standard_deviation(budget: Budget, items: list) -> Decimal | None:
    """The standard deviation of a sample of at least two numbers."""
    average = mean(budget, items)
    if average is None or len(items) < 2:
        return None
    squares = (CONTEXT.power(CONTEXT.subtract(item, average), Decimal(2)) for item in items)
    return CONTEXT.sqrt(CONTEXT.divide(functools.reduce(CONTEXT.add, squares), Decimal(len(items) - 1)))


@declared("mode", "list*")
def mode(budget: Budget, items: list) -> list | None:
    """The numbers that occur most often, in ascending order."""
    if not items:
        return []
    if not _all_numbers(items):
        return None
    counts: dict[Decimal, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return sorted(item for item, number in counts.items() if number == max(counts.values()))


def _all_numbers(items: list) -> bool:
    return bool(items) and all(type(item) is Decimal for item in items)


@declared("min", "list*")
def least(budget: Budget, items: list) -> Any:
    """The smallest of values that have an order."""
    return _first(items, lambda one, other: less(one, other))


@declared("max", "list*")
def greatest(budget: Budget, items: list) -> Any:
    """The largest of values that have an order."""
    return _first(items, lambda one, other: less(other, one))


def _first(items: list, precedes: Any) -> Any:
    if not items or less(items[0], items[0]) is None:
        return None
    best = items[0]
    for item in items[1:]:
        before = precedes(item, best)
        if before is None:
            return None
        best = item if before else best
    return best


@declared("append", "list: list, item*")
def append(budget: Budget, items: list, more: list) -> list:
    """The list with the items at its end."""
    return _kept([*items, *more], budget)


@declared("concatenate", "list*: list")
def concatenate(budget: Budget, lists: list[list]) -> list:
    """All items of the lists in one list."""
    budget.hold_items(sum(map(len, lists)))
    return [item for items in lists for item in items]


@declared("union", "list*: list")
def union(budget: Budget, lists: list[list]) -> list:
    """All items of the lists, each once."""
    return distinct_values(budget, concatenate(budget, lists))


@declared("distinct values", "list: list")
def distinct_values(budget: Budget, items: list) -> list:
    """The items, each once, in the order of their first place."""
    kept: list[Any] = []
    seen: set[tuple[str, Any]] = set()
    for item in items:
        if type(item) in (Decimal, str, bool):
            key = (kind_of(item), item)
            if key not in seen:
                seen.add(key)
                kept.append(item)
        elif not _has(kept, item, budget):
            kept.append(item)
    return _kept(kept, budget)


def _has(items: list, item: Any, budget: Budget) -> bool:
    budget.spend(len(items))
    return any(same(one, item, budget) for one in items)


@declared("duplicate values", "list: list")
def duplicate_values(budget: Budget, items: list) -> list:
    """The items that occur more than once."""
    seen: list[Any] = []
    twice: list[Any] = []
    for item in items:
        if not _has(seen, item, budget):
            seen.append(item)
        elif not _has(twice, item, budget):
            twice.append(item)
    return twice


@declared("flatten", "list: list")
def flatten(budget: Budget, items: list) -> list:
    """All items of the list and of the lists in it, in one list."""
    flat: list[Any] = []
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        budget.spend(1)
        if type(item) is list:
            waiting.extend(reversed(item))
            budget.hold_items(len(waiting))
        else:
            flat.append(item)
    return _kept(flat, budget)


@declared("reverse", "list: list")
def reverse(budget: Budget, items: list) -> list:
    """The list from its end."""
    return _kept(items[::-1], budget)


@declared("index of", "list: list, match")
def index_of(budget: Budget, items: list, match: Any) -> list[Decimal]:
    """The places of the items that equal the match."""
    budget.spend(len(items))
    return [Decimal(place) for place, item in enumerate(items, 1) if same(item, match, budget)]


@declared("sublist", "list: list, start position: number, length?: number")
def sublist(budget: Budget, items: list, start: Decimal, length: Decimal | None = None) -> list | None:
    """The items from a place on, at most so many."""
    place = _place(items, start)
    if place is None or (length is not None and length < 0):
        return None
    end = len(items) if length is None else place + int(min(length, Decimal(len(items))))
    return _kept(items[place:end], budget)


@declared("insert before", "list: list, position: number, newItem")
def insert_before(budget: Budget, items: list, position: Decimal, new: Any) -> list | None:
    """The list with one more item before a place."""
    place = _place(items, position)
    return None if place is None else _kept([*items[:place], new, *items[place:]], budget)


@declared("remove", "list: list, position: number")
def remove(budget: Budget, items: list, position: Decimal) -> list | None:
    """The list without the item at a place."""
    place = _place(items, position)
    return None if place is None else _kept(items[:place] + items[place + 1 :], budget)


@declared("list replace", "list: list, position: number, newItem")
def list_replace(budget: Budget, items: list, position: Decimal, new: Any) -> list | None:
    """The list with another item at a place."""
    place = _place(items, position)
    return None if place is None else _kept([*items[:place], new, *items[place + 1 :]], budget)


@declared("list replace", "list: list, match: function, newItem")
def list_replace_matching(budget: Budget, items: list, match: Function, new: Any) -> list | None:
    """The list with another item wherever the function says true."""
    if len(match.parameters) != 2:
        return None
    return _kept([new if match.call(item, new) is True else item for item in items], budget)


def _place(items: list, position: Decimal) -> int | None:
    place = small_integer(position)
    if not place or abs(place) > len(items):
        return None
    return place - 1 if place > 0 else len(items) + place


@declared("sort", "list: list, precedes?: function")
def sort(budget: Budget, items: list, precedes: Function | None = None) -> list | None:
    """The list in ascending order, or in the order that the function of two items decides."""
    if precedes is None:
        before = less
    elif len(precedes.parameters) == 2:
        before = precedes.call
    else:
        return None

    def compare(one: Any, other: Any) -> int:
        budget.spend(2)
        return -1 if before(one, other) is True else int(before(other, one) is True)

    if precedes is None and any(less(item, items[0]) is None for item in items):
        return None
    return _kept(sorted(items, key=functools.cmp_to_key(compare)), budget)


@declared("partition", "list: list, size: number")
def partition(budget: Budget, items: list, size: Decimal) -> list[list] | None:
    """The list in pieces of this size."""
    step = small_integer(size)
    if not step or step < 0:
        return None
    budget.hold_items(len(items))
    return [items[place : place + step] for place in range(0, len(items), step)]


def _kept(items: list, budget: Budget) -> list:
    budget.hold_items(len(items))
    return items
