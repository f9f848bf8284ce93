"""Sealing: a lesson's checks.py as a file that cannot be read at a glance.

A deterrent, no more: a learner owns the kernel that must open it, and with it the key, which stands
below. It keeps answers out of a search, an editor and an idle click. Marks come from nbgrader.
"""

from __future__ import annotations

import hashlib
import zlib

SEALED_FILE = "checks.sealed"
_MAGIC = b"Lesson Kit, sealed checks, 1\n"
_KEY = b"lesson-kit: look at the question instead"


class NotSealed(ValueError):
    """The bytes are not what ``seal`` makes."""


def seal(source: str) -> bytes:
    """A source as bytes; the same source gives the same bytes on every machine."""
    plain = source.encode("utf-8")
    digest = hashlib.sha256(plain).digest()
    # Stored rather than pressed: what another zlib makes of it could differ by a byte.
    return _MAGIC + digest + _mixed(zlib.compress(plain, 0), digest)


def unseal(sealed: bytes) -> str:
    """The source again.

    Raises:
        NotSealed: it is something else, or was changed.
    """
    if not sealed.startswith(_MAGIC):
        raise NotSealed("not a sealed file")
    digest, mixed = sealed[len(_MAGIC) :][:32], sealed[len(_MAGIC) :][32:]
    press = zlib.decompressobj()
    try:
        plain = press.decompress(_mixed(mixed, digest))
    except zlib.error as error:
        raise NotSealed("it was changed or cut off") from error
    if not press.eof or press.unused_data or hashlib.sha256(plain).digest() != digest:
        raise NotSealed("it was changed")
    return plain.decode("utf-8")


def _mixed(data: bytes, digest: bytes) -> bytes:
    stream = hashlib.shake_256(_KEY + digest).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))
