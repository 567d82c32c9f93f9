"""Codes in files."""

import os
import pickle
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_explore import small_coder, small_indexed, small_photos

from aestudio.errors import ImageError
from aestudio.explore.coder import Coder
from aestudio.explore.codes_file import CodesError, SavedCodes, read_codes, write_codes


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return small_coder(tmp_path_factory.mktemp("models"))


@pytest.fixture
def saved(coder: Coder, tmp_path: Path) -> SavedCodes:
    paths = [tmp_path / "photos" / "사진 1.jpg", tmp_path / "2.png", Path("/elsewhere/3.tif")]
    return SavedCodes.of(small_indexed(coder, small_photos(3), paths))


def arrays(path: Path) -> dict[str, np.ndarray]:
    with np.load(path, allow_pickle=False) as found:
        return dict(found)


def written(path: Path, **changed: Any) -> Path:
    """The file with other arrays; None leaves one out."""
    table = {name: array for name, array in (arrays(path) | changed).items() if array is not None}
    np.savez(path, **table)
    return path


def test_codes_come_back_as_they_were(saved: SavedCodes, coder: Coder, tmp_path: Path) -> None:
    path = write_codes(tmp_path / "codes.npz", saved)
    found = read_codes(path)
    assert np.array_equal(found.codes, saved.codes)
    assert found.paths == ("photos/사진 1.jpg", "2.png", str(Path("/elsewhere/3.tif")))
    assert found.sizes == saved.sizes
    assert (found.model, found.model_digest) == (coder.name, coder.digest)
    found.check(coder, path.name)
    assert np.array_equal(coder.decode(found.codes), coder.decode(saved.codes))
    assert os.listdir(tmp_path) == ["codes.npz"]


def test_paths_may_be_absolute(saved: SavedCodes, tmp_path: Path) -> None:
    assert read_codes(write_codes(tmp_path / "codes.npz", saved, relative=False)).paths == saved.paths


def test_numpy_reads_it_without_us(saved: SavedCodes, tmp_path: Path) -> None:
    found = arrays(write_codes(tmp_path / "codes.npz", saved))
    assert np.array_equal(found["codes"], saved.codes)
    assert found["paths"].tolist()[1] == "2.png"
    assert str(found["model"]) == saved.model


def test_no_photos_are_no_trouble(saved: SavedCodes, tmp_path: Path) -> None:
    none = replace(saved, codes=saved.codes[:0], paths=(), sizes=())
    found = read_codes(write_codes(tmp_path / "codes.npz", none))
    assert found.codes.shape == (0, saved.codes.shape[1])
    assert found.paths == ()


def test_names_that_are_no_text_survive(saved: SavedCodes, tmp_path: Path) -> None:
    odd = os.fsdecode(b"/photos/\xff.jpg")
    found = read_codes(write_codes(tmp_path / "codes.npz", replace(saved, paths=(odd, *saved.paths[1:]))))
    assert found.paths[0] == odd


def test_a_file_is_not_replaced_unless_that_is_meant(saved: SavedCodes, tmp_path: Path) -> None:
    path = tmp_path / "codes.npz"
    path.write_bytes(b"mine")
    with pytest.raises(ImageError, match="already exists"):
        write_codes(path, saved)
    assert path.read_bytes() == b"mine"
    write_codes(path, saved, overwrite=True)
    assert len(read_codes(path)) == 3


def test_codes_that_are_none_are_never_written(saved: SavedCodes, tmp_path: Path) -> None:
    broken = replace(saved, codes=np.full_like(saved.codes, np.nan))
    with pytest.raises(CodesError):
        write_codes(tmp_path / "codes.npz", broken)
    assert not any(tmp_path.iterdir())


# other models


def test_codes_of_another_model_are_refused_with_its_name(saved: SavedCodes, tmp_path: Path) -> None:
    other = small_coder(tmp_path / "models", "night")
    with pytest.raises(CodesError, match=r"c\.npz holds codes of the model small, which night cannot read"):
        saved.check(other, "c.npz")


def test_codes_of_another_version_are_refused(saved: SavedCodes, coder: Coder) -> None:
    with pytest.raises(CodesError, match="another version of the model small"):
        replace(saved, model_digest="0" * 64).check(coder, "c.npz")
    with pytest.raises(CodesError, match="another version"):
        replace(saved, codes=saved.codes[:, :5]).check(coder, "c.npz")


# damage


@pytest.mark.parametrize(
    "changed",
    [
        {"codes": None},
        {"model": None},
        {"codes": np.zeros((3, 16), dtype=np.float64)},
        {"codes": np.zeros((16,), dtype=np.float32)},
        {"codes": np.zeros((3, 0), dtype=np.float32)},
        {"codes": np.zeros((4, 16), dtype=np.float32)},
        {"codes": np.zeros((3, 16), dtype=np.complex64)},
        {"codes": np.asfortranarray(np.ones((3, 16), dtype=np.float32))},
        {"sizes": np.zeros((3, 2), dtype=np.int32)},
        {"sizes": np.ones((3, 3), dtype=np.int32)},
        {"paths": np.arange(3)},
        {"paths": np.array(["a", "b"])},
        {"model": np.array("")},
        {"model": np.array(["small"])},
        {"format": np.array("something else")},
    ],
    ids=lambda changed: "{}-{}".format(*next((name, getattr(a, "shape", None)) for name, a in changed.items())),
)
def test_what_is_not_as_it_should_be_is_told(saved: SavedCodes, tmp_path: Path, changed: dict[str, Any]) -> None:
    path = written(write_codes(tmp_path / "codes.npz", saved), **changed)
    with pytest.raises(CodesError, match=r"codes\.npz is damaged or holds no codes"):
        read_codes(path)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_are_told(saved: SavedCodes, tmp_path: Path, value: float) -> None:
    path = write_codes(tmp_path / "codes.npz", saved)
    codes = saved.codes.copy()
    codes[1, 3] = value
    with pytest.raises(CodesError, match="NaN or infinite"):
        read_codes(written(path, codes=codes))


def test_a_newer_format_is_told(saved: SavedCodes, tmp_path: Path) -> None:
    path = written(write_codes(tmp_path / "codes.npz", saved), format=np.array("aestudio-codes-2"))
    with pytest.raises(CodesError, match="newer AEStudio"):
        read_codes(path)


def test_nothing_in_a_file_is_executed(saved: SavedCodes, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.mkdir, (str(tmp_path / "executed"),)

    path = write_codes(tmp_path / "codes.npz", saved)
    written(path, paths=np.array([Evil(), "b", "c"], dtype=object))
    with pytest.raises(CodesError, match="damaged"):
        read_codes(path)
    (tmp_path / "pickle.npz").write_bytes(pickle.dumps(Evil()))
    with pytest.raises(CodesError, match="damaged"):
        read_codes(tmp_path / "pickle.npz")
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 16), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-3, 16), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 3, }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (3, 16), }",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 16), }",
        "{'descr': '<f4'}",
        "(" * 200,
        "__import__('os').abort()",
        "[]",
    ],
)
def test_headers_are_not_believed(saved: SavedCodes, tmp_path: Path, header: str) -> None:
    path = write_codes(tmp_path / "codes.npz", saved)
    others = arrays(path)
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in others.items():
            buffer = BytesIO()
            np.lib.format.write_array(buffer, array)
            data = buffer.getvalue()
            if name == "codes":
                text = header.encode() + b"\n"
                data = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + array.tobytes()
            archive.writestr(f"{name}.npy", data)
    with pytest.raises(CodesError, match="damaged"):
        read_codes(path)


def test_every_cut_is_told(saved: SavedCodes, tmp_path: Path) -> None:
    path = write_codes(tmp_path / "codes.npz", saved)
    data = path.read_bytes()
    for end in range(0, len(data), 37):
        path.write_bytes(data[:end])
        with pytest.raises(CodesError, match=r"codes\.npz"):
            read_codes(path)


def test_no_flipped_byte_does_harm(saved: SavedCodes, tmp_path: Path) -> None:
    path = write_codes(tmp_path / "codes.npz", saved)
    data, told = path.read_bytes(), 0
    for place in range(0, len(data), 3):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x5A]) + data[place + 1 :])
        try:
            assert np.array_equal(read_codes(path).codes, saved.codes)  # a byte that nobody reads, such as a date
        except CodesError:
            told += 1
    assert told > len(data) // 6


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(CodesError, match=r"none\.npz cannot be read"):
        read_codes(tmp_path / "none.npz")
    with pytest.raises(CodesError, match="cannot be read"):
        read_codes(tmp_path)
