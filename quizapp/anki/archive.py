"""An Anki package is a zip archive with an SQLite file in it. Whatever is in it, it gets no more than a
temporary file of limited size; nothing else is unpacked, and no name in it is ever used as a path."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from quizapp.deck.exchange.draft import ExchangeError

LIMIT = 1 << 30
"""More bytes than this no collection unpacks to: those of shared decks have some hundred million at most."""
_CHUNK = 1 << 20
_NEWEST = 3
"""The latest form of a package that is known. Each form has a collection of another name: see _MEMBERS."""
_MEMBERS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest first: what older programs are given beside it holds but a note that they are too old."""


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


@contextmanager
def unpacked(path: Path, *, limit: int = LIMIT) -> Iterator[Path]:
    """The SQLite file of a package, as a temporary file. Raises ExchangeError.

    limit: how many bytes it may unpack to.
    """
    with tempfile.TemporaryDirectory(prefix="quizapp-") as folder:
        target = Path(folder, "collection")
        try:
            with zipfile.ZipFile(path) as archive:
                _unpack(path, archive, target, limit)
        except zipfile.BadZipFile as error:
            raise _not_a_package(path) from error
        except (zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            # RuntimeError is what zipfile has for a password, NotImplementedError for a compression that it
            # does not know.
            raise _damaged(path) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise ExchangeError(f"{path} can't be read: {reason}. Nothing was changed.") from error
        yield target


def _unpack(path: Path, archive: zipfile.ZipFile, target: Path, limit: int) -> None:
    names = set(archive.namelist())
    if "meta" in names:
        with archive.open("meta") as meta:
            version = _version(meta.read(64))
        if version > _NEWEST:
            raise ExchangeError(
                f"{path} was written by a newer Anki than quizapp knows (package version {version}). In "
                "Anki, tick “Support older Anki versions” when you export. Nothing was changed."
            )
    member = next((name for name in _MEMBERS if name in names), None)
    if member is None:
        raise ExchangeError(f"{path} holds no Anki collection. Nothing was changed.")
    if archive.getinfo(member).file_size > limit:
        raise _too_large(path, limit)
    with archive.open(member) as packed, target.open("wb") as out:
        if member.endswith("b"):
            _unzstd(path, packed, out, limit)
        else:
            _copy(path, packed, out, limit)


def _copy(path: Path, packed: _Reader, out: IO[bytes], limit: int) -> None:
    """Copy in pieces; what the archive says of its size is not believed."""
    size = 0
    while piece := packed.read(_CHUNK):
        size += len(piece)
        if size > limit:
            raise _too_large(path, limit)
        out.write(piece)


def _unzstd(path: Path, packed: IO[bytes], out: IO[bytes], limit: int) -> None:
    try:
        # Only the packages of newer Ankis need it.
        import zstandard
    except ImportError as error:
        raise ExchangeError(
            f"{path} is packed with zstd, and zstandard is not installed. Install it with quizapp: "
            "pip install 'quizapp[anki]'; or tick “Support older Anki versions” when you export from Anki."
        ) from error
    # The window is memory that the file asks for.
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed)
    try:
        _copy(path, reader, out, limit)
    except zstandard.ZstdError as error:
        raise _damaged(path) from error


def _version(meta: bytes) -> int:
    """The version in a package's `meta`: a protobuf message whose first field it is."""
    return meta[1] if len(meta) >= 2 and meta[0] == 0x08 else 0


def _not_a_package(path: Path) -> ExchangeError:
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError:
        head = b""
    if head.startswith(b"PK"):
        return _damaged(path)
    return ExchangeError(f"{path} is no Anki package: it is not a zip archive. Nothing was changed.")


def _damaged(path: Path) -> ExchangeError:
    return ExchangeError(
        f"{path} is damaged or incomplete. Export or download it once more. Nothing was changed."
    )


def _too_large(path: Path, limit: int) -> ExchangeError:
    return ExchangeError(
        f"{path} unpacks to more than {limit // (1 << 20):,} MB, which no Anki collection does. Nothing was "
        "changed."
    )
