"""The embedding store: computed once, kept, shared, and whole after a torn write."""

import importlib.util
from pathlib import Path

import pytest
import torch

from captioner.encoders import scenes_encoder
from captioner.encoders.embeddings import EmbeddingStore, embed_rows, embedding_key, open_store
from captioner.encoders.scenes_encoder import cached_folder, load_scenes_encoder
from captioner.progress import silent
from captioner.samples.manifest import Row, read_manifest
from tests.captioner.conftest import WriteManifest


def _key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def test_what_is_added_is_found_by_every_reader(tmp_path: Path) -> None:
    writer, reader = (EmbeddingStore(folder=tmp_path, width=3) for _ in range(2))
    vectors = torch.tensor([[0.0, 0.5, 1.0], [1.0, 0.0, 0.25]])
    writer.add([_key(1), _key(2)], vectors)
    writer.add([_key(2), _key(3)], torch.tensor([[9.0, 9.0, 9.0], [0.5, 0.5, 0.5]]))
    reader.refresh()
    assert reader.find([_key(3), _key(9), _key(2), _key(1)]) == [2, None, 1, 0]
    assert torch.equal(reader.read([0, 1]), vectors)


def test_keys_that_share_their_first_half_are_told_apart(tmp_path: Path) -> None:
    store = EmbeddingStore(folder=tmp_path, width=1)
    store.add([b"samefirst" + bytes([n] * 7) for n in range(4)], torch.arange(4.0)[:, None])
    assert store.find([b"samefirst" + bytes([2] * 7), b"samefirst" + bytes([7] * 7)]) == [2, None]


def test_a_torn_write_is_cut_off_by_the_next(tmp_path: Path) -> None:
    store = EmbeddingStore(folder=tmp_path, width=2)
    store.add([_key(1)], torch.tensor([[1.0, 2.0]]))
    with (tmp_path / "vectors.f16").open("ab") as vectors, (tmp_path / "keys.bin").open("ab") as keys:
        vectors.write(b"\x01\x02\x03\x04\x05\x06\x07")
        keys.write(b"\x01")
    again = EmbeddingStore(folder=tmp_path, width=2)
    again.add([_key(5)], torch.tensor([[3.0, 4.0]]))
    places = again.find([_key(1), _key(5)])
    assert torch.equal(
        again.read([place for place in places if place is not None]), torch.tensor([[1.0, 2], [3, 4]])
    )


def test_an_image_is_embedded_once(cache: Path, write_manifest: WriteManifest, tmp_path: Path) -> None:
    rows = read_manifest(write_manifest("train"))
    encoder = load_scenes_encoder(
        folder=cached_folder(cache=cache, model="scenes-64"), progress=silent, device=torch.device("cpu")
    )
    store = open_store(cache=tmp_path, encoder=encoder)
    embed_rows(rows=rows, encoder=encoder, store=store, progress=silent)
    stages: list[str] = []

    def note(*, done: int, total: int, message: str) -> None:
        stages.append(message)

    assert embed_rows(rows=rows, encoder=encoder, store=store, progress=note) == {}
    assert (len(store), stages) == (len(rows), [])
    assert store.read([0]).norm().item() == pytest.approx(1, abs=1e-3)


def test_blurred_faces_make_another_embedding() -> None:
    plain = Row(row_id="1", image=Path("a"), sha256="00")
    blurred = Row(row_id="1", image=Path("a"), sha256="00", face_boxes=((1, 2, 3, 4),))
    assert embedding_key(plain) != embedding_key(blurred)


def test_another_version_of_the_encoder_has_another_folder(tmp_path: Path) -> None:
    """A copy of the module with one setting changed stands for another version."""
    source = Path(scenes_encoder.__file__).read_text()
    folders = []
    for name, text in (("same", source), ("other", source.replace("STEPS: Final = ", "STEPS: Final = 1"))):
        (tmp_path / "scenes_encoder.py").write_text(text)
        spec = importlib.util.spec_from_file_location(name, tmp_path / "scenes_encoder.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        folders.append(module.cached_folder(cache=tmp_path, model="scenes-64"))
    assert folders[0] == cached_folder(cache=tmp_path, model="scenes-64")
    assert folders[1] != folders[0]
    assert folders[1].parent == folders[0].parent
