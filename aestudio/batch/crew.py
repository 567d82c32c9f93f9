"""The workers of a cluster as their scheduler knows them: who can take part in a run, and what each has in hand."""

import asyncio
import logging
import pickle
import queue
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from distributed import CancelledError, Client, Future, KilledWorker, Security
from distributed.comm.addressing import parse_address, parse_host_port
from distributed.scheduler import NoValidWorkerError

from aestudio.batch import remote
from aestudio.batch.pace import BYTES_PER_MEGAPIXEL
from aestudio.batch.plan import Order
from aestudio.errors import Sentence, SettingsError

log = logging.getLogger(__name__)

MEGAPIXELS: Final = 100.0  # that one worker has in hand, but for a single photo that is larger
LOOK: Final = 1.0  # seconds between two looks at who is there
ASK_AGAIN: Final = 10.0  # seconds until a worker that could not take part is asked again
_CONNECT, _ANSWER = 10.0, 2.0  # seconds that a scheduler may take

Fate = Literal["done", "died", "broke", "back"]


@dataclass(eq=False)
class Hand:
    """One worker."""

    address: str
    places: int
    fit: bool | None = None  # None: it was asked, and loads its models
    asked: tuple[str, Future] | None = None
    problem: Sentence | None = None  # why it is not fit
    again: float = 0.0  # when it is asked again
    alone: bool = False  # with the one photo that it has: whether it dies of that is to be found out
    held: dict[str, tuple[Order, Future]] = field(default_factory=dict)

    def has_room(self, order: Order) -> bool:
        """Whether it can have this photo, too."""
        if self.alone or len(self.held) >= self.places:
            return False
        size = sum(megapixels(each) for each, _ in self.held.values()) + megapixels(order)
        return not self.held or size <= MEGAPIXELS


@dataclass(frozen=True)
class Report:
    """A photo came back."""

    fate: Fate  # done: see the outcome; died: so did its worker; broke: an error of ours; back: nobody's fault
    order: Order
    worker: str
    outcome: remote.Outcome | None = None
    reason: str = ""


class Crew:
    """Used from one thread, as a context manager."""

    def __init__(self, address: str, kit: remote.Kit) -> None:
        """Raises SettingsError if no scheduler answers there."""
        _take_over_logs()
        self._address = address
        self._kit = kit
        self._kit_data = pickle.dumps(kit)
        self._client = _client_of(address, _CONNECT)
        self._answers = True  # the scheduler does
        self._hands: dict[str, Hand] = {}
        self._news: queue.SimpleQueue[tuple[Hand, str, object]] = queue.SimpleQueue()
        self._reports: list[Report] = []
        self._looked = 0.0
        self._count = 0
        self._stopped = False

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()
        with suppress(OSError):
            self._client.close(timeout=_CONNECT)

    @property
    def fit(self) -> list[Hand]:
        """The workers that can take photos."""
        return [hand for hand in self._hands.values() if hand.fit] if self._connected else []

    @property
    def asked(self) -> bool:
        """Whether a worker has still to say if it can take photos."""
        return any(hand.asked for hand in self._hands.values())

    @property
    def busy(self) -> bool:
        """Whether photos are in work."""
        return bool(self._reports) or any(hand.held for hand in self._hands.values())

    @property
    def problem(self) -> Sentence | None:
        """Why a worker that is there takes no photos; None where all do."""
        return next((hand.problem for hand in self._hands.values() if hand.problem), None)

    def complaint(self) -> Sentence:
        """Why there is nobody to take a photo."""
        if not self._connected:
            return Sentence.of(
                "The scheduler at {address} does not answer any more. The job goes on when it is back.",
                address=self._address,
            )
        if self.problem is not None:
            return Sentence.of("{problem} The job goes on when a worker can take part.", problem=self.problem)
        return Sentence.of("There are no workers at {address}. The job goes on when one joins.", address=self._address)

    def look(self, paths: Callable[[], Sequence[str]]) -> None:
        """See who came and who went, once in a while; `paths` are files that a new one must be able to see."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return
        there = self._there()
        self._looked = time.monotonic()
        if there is None:
            return
        for address in self._hands.keys() - there.keys():
            self._gone(self._hands.pop(address))
        for address, threads in there.items():
            hand = self._hands.get(address)
            if hand is None:
                hand = self._hands[address] = Hand(address, max(2, min(threads, remote.AT_ONCE)))
                log.info("%s joined, with %d threads", address, threads)
            elif hand.fit is not False or hand.again > now or hand.held:
                continue
            self._ask(hand, paths())

    def give(self, hand: Hand, order: Order, *, alone: bool = False) -> None:
        """Have a worker do a photo."""
        row = replace(order.row, source=order.row.source.absolute(), output=order.row.output.absolute())
        key = self._key(str(row.number))
        hand.held[key] = (order, self._submit(hand, key, remote.work, self._kit_data, pickle.dumps(row)))
        hand.alone = alone

    def reports(self, timeout: float) -> list[Report]:
        """What came back; waits a while for the first."""
        with suppress(queue.Empty):
            self._take(*self._news.get(timeout=0 if self._reports else timeout))
            while True:
                self._take(*self._news.get_nowait())
        found, self._reports = self._reports, []
        return found

    def dismiss(self, address: str, problem: Sentence) -> None:
        """A worker cannot take photos. It is asked again later."""
        hand = self._hands.get(address)
        if hand is not None and hand.fit is not False:
            log.warning("%s", problem)
            hand.fit, hand.problem, hand.again = False, problem, time.monotonic() + ASK_AGAIN

    def stop(self) -> None:
        """Let all photos in work come to an end as soon as they can."""
        if self._stopped:
            return
        self._stopped = True
        workers = [hand.address for hand in self._hands.values() if hand.held]
        if workers and self._client.status == "running":
            with suppress(OSError):
                self._client.run(
                    remote.stop, self._kit.run, workers=workers, on_error="ignore", callback_timeout=_ANSWER
                )

    @property
    def _connected(self) -> bool:
        return self._answers and bool(self._client.status == "running")

    def _there(self) -> dict[str, int] | None:
        """Threads of all workers, by address; None if the scheduler does not answer."""
        try:
            if self._client.status == "closed":  # it gave up: that takes it half a minute
                self._client = _client_of(self._address, _ANSWER)
                for hand in self._hands.values():
                    self._reports += [Report("back", order, hand.address) for order, _ in hand.held.values()]
                    hand.held.clear()
                self._hands.clear()
            if self._client.status != "running":
                raise OSError
            found: dict[str, int] = self._client.sync(self._client.scheduler.ncores, callback_timeout=_ANSWER)
        except (OSError, SettingsError):
            if self._answers:
                log.warning("The scheduler at %s does not answer", self._address)
            self._answers = False
            return None
        self._answers = True
        return found

    def _gone(self, hand: Hand) -> None:
        log.warning("%s is gone, with %d photos in work", hand.address, len(hand.held))
        if hand.asked is not None:
            hand.asked[1].release()
        for order, future in hand.held.values():
            future.release()  # else it would wait for a worker of that address
            self._reports.append(Report("died", order, hand.address))
        hand.held.clear()

    def _ask(self, hand: Hand, paths: Sequence[str]) -> None:
        hand.fit = hand.problem = None
        key = self._key("prepare")
        hand.asked = key, self._submit(hand, key, remote.prepare, remote.versions(), self._kit_data, list(paths))

    def _submit(self, hand: Hand, key: str, work: Callable[..., object], *values: object) -> Future:
        # to one worker and no other: what is lost with it is known here, and not guessed by the scheduler
        future = self._client.submit(
            work, *values, key=key, workers=[hand.address], allow_other_workers=False, pure=False
        )
        self._client.loop.add_callback(self._follow, hand, key, future)
        return future

    async def _follow(self, hand: Hand, key: str, future: Future) -> None:
        """In dask's loop, where it keeps nobody waiting that a result went down with its worker."""
        value: object
        (value,) = await asyncio.gather(future.result(), return_exceptions=True)
        if isinstance(value, CancelledError | OSError) and future.status != "error":
            value = None
        self._news.put((hand, key, value))

    def _key(self, name: str) -> str:
        self._count += 1
        return f"aestudio-{name}-{self._kit.run}-{self._count}"

    def _take(self, hand: Hand, key: str, value: object) -> None:
        if self._hands.get(hand.address) is not hand:
            return  # it was given up already
        if hand.asked is not None and hand.asked[0] == key:
            hand.asked = None
            self._answered(hand, value)
        elif key in hand.held:
            order, _ = hand.held.pop(key)
            hand.alone = False
            self._reports.append(_report(order, hand.address, value))

    def _answered(self, hand: Hand, value: object) -> None:
        """What came of `remote.prepare`."""
        if value is None or isinstance(value, KilledWorker | NoValidWorkerError):
            del self._hands[hand.address]  # asked as a new one, if it is still there
        elif value == ("fit", None):
            hand.fit = True
            log.info("%s takes photos", hand.address)
        else:
            self.dismiss(hand.address, _problem(hand.address, value))


def megapixels(order: Order) -> float:
    """Of a photo, as far as they are known before it is opened."""
    return order.row.megapixels or order.row.size / BYTES_PER_MEGAPIXEL


class _Handed(logging.Handler):
    """Hands what dask logs to our own log."""

    def emit(self, record: logging.LogRecord) -> None:
        log.handle(record)


def _take_over_logs() -> None:
    """Dask writes to the terminal, through the bar that stands there."""
    for name in list(logging.root.manager.loggerDict):
        if name == "distributed" or name.startswith("distributed."):
            logger = logging.getLogger(name)
            logger.handlers = [_Handed()] if name == "distributed" else []
            logger.propagate = name != "distributed"


def _client_of(address: str, timeout: float) -> Client:
    try:
        scheme, place = parse_address(address)
        if scheme not in ("tcp", "tls"):
            raise ValueError(scheme)
        parse_host_port(place)
        if scheme == "tls" and Security().get_connection_args("client").get("ssl_context") is None:
            raise SettingsError(
                "{address} asks for certificates, and Dask’s configuration on this machine names none. Please see "
                "docs/cluster.md.",
                address=address,
            )
    except ValueError as exc:
        raise SettingsError(
            "“{address}” is no address of a scheduler. Please write it like tcp://192.168.1.10:8786.", address=address
        ) from exc
    try:
        return Client(address, timeout=timeout, set_as_default=False, name="aestudio")
    except OSError as exc:
        raise SettingsError(
            "No scheduler answers at {address}. Please start one with “dask scheduler”, or correct the address.",
            address=address,
        ) from exc


def _report(order: Order, worker: str, value: object) -> Report:
    """What came of `remote.work`."""
    if isinstance(value, remote.Outcome):
        return Report("done", order, worker, value)
    if isinstance(value, KilledWorker | NoValidWorkerError):
        return Report("died", order, worker)
    if isinstance(value, BaseException):
        log.error("%s on %s", order.row.source, worker, exc_info=value)
        return Report("broke", order, worker, reason=f"{type(value).__name__}: {value}")
    return Report("back", order, worker)


def _problem(worker: str, value: Any) -> Sentence:
    """Why a worker cannot take part."""
    if isinstance(value, BaseException):
        return Sentence.of(
            "The worker {worker} cannot run AEStudio ({reason}). Please install {ours} on all machines.",
            worker=worker,
            reason=value,
            ours=remote.versions(),
        )
    kind, said = value
    if kind == "versions":
        return Sentence.of(
            "The worker {worker} has {theirs}, and this machine has {ours}. Please install the same on all machines.",
            worker=worker,
            theirs=said,
            ours=remote.versions(),
        )
    if kind == "unseen":
        return remote.cannot_see(worker, said)
    return remote.cannot_take_part(worker, said)
