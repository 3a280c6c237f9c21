"""What was measured, as tables that can stand in a page."""

from collections.abc import Callable, Iterator

from benchmarks.measure import Comparison


def document(comparisons: list[Comparison]) -> str:
    """All tables, one after the other."""
    return "\n".join(line for each in comparisons for line in page_of(each))


def page_of(seen: Comparison) -> Iterator[str]:
    """One comparison: ratios, what a request costs, how long it takes, and what a worker holds."""
    first, others = seen.servers[0], seen.servers[1:]
    yield from (f"### {seen.title}", "")
    yield from table(
        [f"Rate, over that of: {first}", *seen.operations],
        [[each, *(str(seen.ratio(each, operation)) for operation in seen.operations)] for each in others],
    )
    yield from table(
        [f"Processor for an answer, under that of: {first}", *seen.operations],
        [[each, *(f"{seen.cost(each, operation):.2f}" for operation in seen.operations)] for each in others],
    )
    yield from figures(seen, "Answers a second", "rate", "{:.0f}".format)
    yield from figures(seen, "Processor, in microseconds an answer", "processor", "{:.0f}".format)
    yield from figures(seen, "Half are answered within (ms)", "median", "{:.1f}".format)
    yield from figures(seen, "99 of 100 are answered within (ms)", "late", "{:.1f}".format)
    yield from table(
        ["Worker", "Memory (MB)", "Answers after (s)"],
        [[each, f"{seen.memory[each]:.0f}", f"{seen.ready[each]:.2f}"] for each in seen.servers],
    )


def figures(seen: Comparison, title: str, what: str, shown: Callable[[float], str]) -> Iterator[str]:
    """The medians of one measure."""
    rows = [[each, *(shown(seen.typical(each, one, what)) for one in seen.operations)] for each in seen.servers]
    yield from table([title, *seen.operations], rows)


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A table in Markdown, and a blank line."""
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
    yield ""
