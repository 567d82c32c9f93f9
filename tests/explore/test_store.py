"""The store gives back what was kept or nothing, whatever happens to its files."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from aestudio.explore.store import Store, default_folder
from aestudio.explore.store_disk import Codes, Disk, Facts, Seen, newest

MODEL, OTHER, LENGTH = "ab" * 32, "cd" * 32, 16


def digest_of(number: int) -> str:
    return f"{number:064x}"


def facts_of(number: int) -> Facts:
    return Facts(100 + number, 200 + number, None if number % 2 else 1e9 + number, 0.5 + number)


def small_of(number: int) -> bytes:
    return random.Random(number).randbytes(3000)


def path_of(number: int) -> Path:
    return Path(f"/photos/{number}.jpg")


def seen_of(number: int) -> Seen:
    return Seen(path_of(number), 1000 + number, 10**18 + number, digest_of(number))


def codes_of(numbers: list[int]) -> Codes:
    codes = np.stack([np.random.default_rng(number).normal(size=LENGTH).astype(np.float32) for number in numbers])
    rows = {digest_of(number): row for row, number in enumerate(numbers)}
    return Codes(rows, codes, np.array([number / 7 for number in numbers], np.float32))


def fill(store: Store, numbers: list[int], model: str = MODEL) -> None:
    facts, smalls = ({digest_of(n): make(n) for n in numbers} for make in (facts_of, small_of))
    store.keep([seen_of(n) for n in numbers], facts, smalls, model, codes_of(numbers))  # type: ignore[arg-type]


def known(store: Store, numbers: list[int], model: str = MODEL) -> set[int]:
    """Which of the photos are known in full. All that is known is as it was kept."""
    digests = [digest_of(n) for n in numbers]
    files, facts = store.files([path_of(n) for n in numbers]), store.facts(digests)
    smalls, codes = store.smalls(digests), store.codes(model, LENGTH, digests)
    assert all(files[path_of(n)] == seen_of(n) for n in numbers if path_of(n) in files)
    assert all(facts[digest_of(n)] == facts_of(n) for n in numbers if digest_of(n) in facts)
    assert all(smalls[digest_of(n)] == small_of(n) for n in numbers if digest_of(n) in smalls)
    for n in numbers:
        if digest_of(n) in codes.rows:
            wanted, row = codes_of([n]), codes.rows[digest_of(n)]
            assert np.array_equal(codes.codes[row], wanted.codes[0])
            assert codes.errors[row] == wanted.errors[0]
    return {
        n
        for n in numbers
        if path_of(n) in files and all(digest_of(n) in found for found in (facts, smalls, codes.rows))
    }


def array_in(folder: Path, model: str = MODEL) -> Path:
    return newest(folder) / f"{model[:16]}.f32"


def database_in(folder: Path) -> Path:
    return newest(folder) / "photos.sqlite"


def test_what_was_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    assert known(store, [1, 2, 3]) == set()
    fill(store, [1, 2])
    fill(store, [3])
    assert known(store, [3, 1, 2, 4]) == {1, 2, 3}
    assert known(Store(tmp_path / "cache"), [3, 1, 2, 4]) == {1, 2, 3}
    assert store.notes == ()
    assert array_in(tmp_path / "cache").stat().st_size == 3 * LENGTH * 4


def test_models_have_codes_of_their_own(tmp_path: Path) -> None:
    store = Store(tmp_path)
    fill(store, [1, 2])
    fill(store, [2, 3], OTHER)
    assert known(store, [1, 2, 3]) == {1, 2}
    assert known(store, [1, 2, 3], OTHER) == {2, 3}


def test_a_file_that_changed_is_known_as_it_is_now(tmp_path: Path) -> None:
    store = Store(tmp_path)
    fill(store, [1, 2])
    changed = Seen(path_of(1), 5, 6, digest_of(2))
    store.keep([changed], {}, {}, MODEL, Codes({}, np.zeros((0, LENGTH), np.float32), np.zeros(0, np.float32)))
    assert store.files([path_of(1)]) == {path_of(1): changed}


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_names_of_files_need_not_be_text(tmp_path: Path) -> None:
    store = Store(tmp_path)
    fill(store, [1])
    odd = Seen(Path(os.fsdecode(b"/photos/\xff\xfe%41?#.jpg")), 1, 2, digest_of(1))
    store.keep([odd], {}, {}, MODEL, codes_of([1]))
    assert Store(tmp_path).files([odd.path]) == {odd.path: odd}


def test_codes_behind_those_that_count_are_overwritten(tmp_path: Path) -> None:
    fill(Store(tmp_path), [1, 2])
    with array_in(tmp_path).open("ab") as file:  # a run ended between the array and its rows, and within a row
        file.write(b"\xff" * (LENGTH * 4 * 3 + 7))
    fill(Store(tmp_path), [3, 4])
    assert known(Store(tmp_path), [1, 2, 3, 4]) == {1, 2, 3, 4}
    assert np.array_equal(np.fromfile(array_in(tmp_path), np.float32, 2 * LENGTH, offset=2 * LENGTH * 4).reshape(2, -1),
                          codes_of([3, 4]).codes)  # fmt: skip


def test_codes_that_were_lost_are_missing_and_can_be_kept_again(tmp_path: Path) -> None:
    numbers = list(range(10))
    fill(Store(tmp_path), numbers)
    os.truncate(array_in(tmp_path), LENGTH * 4 * 4 + 5)
    store = Store(tmp_path)
    assert known(store, numbers) == {0, 1, 2, 3}
    store.keep([], {}, {}, MODEL, codes_of([4, 5, 6, 7, 8, 9]))
    assert known(Store(tmp_path), numbers) == set(numbers)
    array_in(tmp_path).unlink()
    store = Store(tmp_path)
    assert known(store, numbers) == set()
    fill(store, numbers)
    assert known(Store(tmp_path), numbers) == set(numbers)
    assert store.notes == ()


def overwrite(path: Path) -> None:
    path.write_bytes(random.Random(0).randbytes(path.stat().st_size))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE photos (name TEXT); PRAGMA user_version = 1;")
    connection.close()


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [overwrite, cut, foreign, newer, empty], ids=lambda harm: str(harm.__name__))
@pytest.mark.parametrize("open_already", [False, True])
def test_a_damaged_cache_is_begun_anew(tmp_path: Path, harm: "object", open_already: bool) -> None:
    store = Store(tmp_path)
    numbers = list(range(40))
    fill(store, numbers)
    harm(database_in(tmp_path))  # type: ignore[operator]
    store = store if open_already else Store(tmp_path)
    known(store, numbers)
    fill(store, numbers)
    assert known(store, numbers) == set(numbers)
    if not (open_already and harm is newer):  # which its tables do not show
        assert known(Store(tmp_path), numbers) == set(numbers)
    assert store.notes == ()
    assert len(list(tmp_path.glob("*.damaged"))) <= 1


def test_of_what_was_put_aside_one_is_left(tmp_path: Path) -> None:
    for _ in range(4):
        fill(Store(tmp_path), [1])
        overwrite(database_in(tmp_path))
    Store(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["4.damaged", "5"]


@pytest.mark.parametrize("seed", range(30))
def test_flipped_bytes_never_give_wrong_answers(tmp_path: Path, seed: int) -> None:
    numbers = list(range(40))
    fill(Store(tmp_path), numbers)
    chance = random.Random(seed)
    for path in (database_in(tmp_path), array_in(tmp_path)):
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice([1, 10, 200])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
    store = Store(tmp_path)
    known(store, numbers)  # compares
    store.forget([digest_of(n) for n in numbers])
    store.used([digest_of(n) for n in numbers])
    fill(store, numbers)
    if known(store, numbers) != set(numbers):  # met only while it was written
        fill(store, numbers)
    if known(store, numbers) != set(numbers):
        store.leave_the_disk()
        fill(store, numbers)
    assert known(store, numbers) == set(numbers)


def test_what_cannot_be_written_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file" / "cache")
    fill(store, [1, 2])
    fill(store, [2, 3])
    assert known(store, [1, 2, 3]) == {1, 2, 3}
    store.forget([digest_of(1)])
    assert known(store, [1, 2, 3]) == {2, 3}
    (note,) = store.notes
    assert str(tmp_path / "file" / "cache") in str(note)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_costs_nothing_but_the_next_run(tmp_path: Path) -> None:
    fill(Store(tmp_path), [1, 2])
    array_in(tmp_path, OTHER).symlink_to("/dev/full")
    store = Store(tmp_path)
    fill(store, [2, 3], OTHER)
    assert known(store, [1, 2, 3], OTHER) == {2, 3}
    assert known(store, [1, 2, 3]) == {1, 2}  # what is on the disk still counts
    assert len(store.notes) == 1
    assert known(Store(tmp_path), [1, 2, 3], OTHER) == set()


_LIMITED = """
import resource, signal, sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from test_store import Store, fill, known
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for number in range(100):
    fill(store, [number])
assert known(store, list(range(100))) == set(range(100))
assert len(store.notes) == 1
"""


@pytest.mark.skipif(os.name == "nt", reason="no limits for files there")
def test_the_disk_becomes_full_on_the_way(tmp_path: Path) -> None:
    run_python(_LIMITED, tmp_path)
    found = known(Store(tmp_path), list(range(100)))
    assert 10 < len(found) < 100
    assert found == set(range(len(found)))


def run_python(code: str, *arguments: object) -> None:
    here = Path(__file__).parent
    command = [sys.executable, "-c", code, *map(str, arguments), str(here), str(here.parent)]
    subprocess.run(command, check=True, timeout=100)


def test_threads_and_stores_may_write_at_once(tmp_path: Path) -> None:
    stores = [Store(tmp_path) for _ in range(3)]
    shared = list(range(1000, 1010))  # all of them keep these

    def write(at: int) -> None:
        for number in range(10):
            fill(stores[at], [100 * at + number, shared[number]])
            known(stores[(at + 1) % 3], shared)

    threads = [threading.Thread(target=write, args=(at,)) for at in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [100 * at + number for at in range(3) for number in range(10)] + shared
    assert known(Store(tmp_path), numbers) == set(numbers)
    assert not any(store.notes for store in stores)


_WRITER = """
import sys
sys.path[:0] = sys.argv[3:]
from pathlib import Path
from test_store import Store, fill
store = Store(Path(sys.argv[1]))
for number in range(15):
    fill(store, [int(sys.argv[2]) + number])
assert not store.notes
"""


def test_processes_may_write_at_once(tmp_path: Path) -> None:
    threads = [threading.Thread(target=run_python, args=(_WRITER, tmp_path, first)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [first + number for first in (0, 100) for number in range(15)]
    assert known(Store(tmp_path), numbers) == set(numbers)


def test_what_was_of_no_use_for_a_year_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    fill(store, [1, 2, 3])
    store.used([digest_of(1)])
    assert known(store, [1, 2, 3]) == {1, 2, 3}
    today = int(os.stat(database_in(tmp_path)).st_mtime // 86_400)
    Disk(newest(tmp_path)).used([digest_of(1)], today + 360)
    assert known(store, [1, 2, 3]) == {1, 2, 3}
    Disk(newest(tmp_path)).used([digest_of(1), digest_of(2)], today + 370)
    assert known(store, [1, 2, 3]) == {1, 2}


def test_a_cache_that_is_thrown_away_while_it_is_open_is_no_error(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    fill(store, [1])
    shutil.rmtree(tmp_path / "cache")
    assert known(store, [1]) == set()
    fill(store, [1])
    assert known(store, [1]) == {1}


def test_the_cache_lies_in_the_user_s_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("the variable is Linux's")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "aestudio" / "explore"
