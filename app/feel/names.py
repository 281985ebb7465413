"""Which names an expression takes from outside."""

from dataclasses import dataclass, field

from app.feel import tree

#: Names the language itself binds; `?` is the value under test.
OWN = frozenset(("?",))


@dataclass
class FreeNames:
    """Names and dotted paths from outside; those inside a filter may also be entries of the filtered list."""

    names: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    in_filters: set[str] = field(default_factory=set)

    def see(self, node: tree.Node, bound: frozenset[str] = OWN, *, filtered: bool = False) -> None:
        """Collect the free names of a node."""
        path = path_of(node)
        if path is not None:
            self._add(path, bound, filtered=filtered)
        elif isinstance(node, tree.For | tree.Quantified):
            self._see_iterations(node, bound, filtered=filtered)
        elif isinstance(node, tree.Filter):
            self.see(node.base, bound, filtered=filtered)
            self.see(node.condition, bound | {"item"}, filtered=True)
        elif isinstance(node, tree.ContextLiteral):
            for key, value in node.entries:
                self.see(value, bound, filtered=filtered)
                bound = bound | {key}
        elif isinstance(node, tree.FunctionDefinition):
            self.see(node.body, bound | {name for name, _ in node.parameters}, filtered=filtered)
        else:
            for child in tree.children(node):
                self.see(child, bound, filtered=filtered)

    def _add(self, path: tuple[str, ...], bound: frozenset[str], *, filtered: bool) -> None:
        if path[0] in bound:
            return
        if filtered:
            self.in_filters.add(path[0])
        else:
            self.names.add(path[0])
            self.paths.add(".".join(path))

    def _see_iterations(self, node: tree.For | tree.Quantified, bound: frozenset[str], *, filtered: bool) -> None:
        for iteration in node.iterations:
            self.see(iteration.source, bound, filtered=filtered)
            if iteration.end is not None:
                self.see(iteration.end, bound, filtered=filtered)
            bound = bound | {iteration.name}
        if isinstance(node, tree.For):
            self.see(node.result, bound | {"partial"}, filtered=filtered)
        else:
            self.see(node.condition, bound, filtered=filtered)


def path_of(node: tree.Node) -> tuple[str, ...] | None:
    """The parts of a name or a dotted path of names, else None."""
    keys: list[str] = []
    while isinstance(node, tree.Path):
        keys.append(node.key)
        node = node.base
    if not isinstance(node, tree.Name):
        return None
    return (node.name, *reversed(keys))


def uses(node: tree.Node, name: str) -> bool:
    """Whether this name occurs anywhere in the node."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tree.Name) and one.name == name:
            return True
        waiting.extend(tree.children(one))
    return False
