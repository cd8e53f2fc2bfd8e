"""JSON Lines stay lines, however a reader splits them, in what the server writes and in what the captioner writes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_server.formats.writers import json_line as servers
from captioner import json_line as captioners

# Every character at which str.splitlines ends a line, among others.
TEXTS = st.text(
    st.sampled_from('a\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\\"\u00e9\U0001f98e')
    | st.characters(codec="utf-8")
)


@pytest.mark.parametrize("written", [servers.json_line, captioners.json_line])
@given(value=st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS), max_size=3))
def test_a_value_is_one_line(written: object, value: dict[str, object]) -> None:
    assert callable(written)
    line = written(value)
    assert len(line.splitlines()) == 1
    assert json.loads(line) == value
