"""Cache keys change with what they stand for, and only with that."""

from devtools.keys import digest, tree_digest


def test_the_border_between_parts_counts():
    assert digest("ab", "c") != digest("a", "bc")


def test_a_tree_changes_with_content_and_names_but_not_with_compiled_files(tmp_path):
    source = tmp_path / "addon"
    source.mkdir()
    (source / "model.py").write_text("one")
    before = tree_digest([source], tmp_path)

    (source / "__pycache__").mkdir()
    (source / "__pycache__/model.pyc").write_text("x")
    assert tree_digest([source], tmp_path) == before

    (source / "model.py").write_text("two")
    changed = tree_digest([source], tmp_path)
    assert changed != before

    (source / "model.py").rename(source / "other.py")
    assert tree_digest([source], tmp_path) != changed
