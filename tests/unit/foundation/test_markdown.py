"""Tables in Markdown."""

from __future__ import annotations

from markdown_it import MarkdownIt

from stakhanov.foundation.markdown import piped


def test_a_reader_of_markdown_finds_every_cell_where_it_was_put() -> None:
    lines = piped(["rule", "it is out with"], [["a|b", 0], ["`x`", ""]])
    html = MarkdownIt("commonmark").enable("table").render("\n".join(lines))
    assert html.count("<tr>") == 3
    assert html.count("<td>") == 4
    assert "<td>a|b</td>" in html
    assert "<th>it is out with</th>" in html
