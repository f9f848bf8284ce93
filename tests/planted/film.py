"""A film of some hundred bytes: all that a WebM file says of itself, and no picture."""

from __future__ import annotations

import struct


def tiny_webm(seconds: float = 60, *, picture: bool = True, sound: bool = True) -> bytes:
    """A WebM file with a length and tracks, and with one cluster that holds nothing."""
    header = _element(0x1A45DFA3, _element(0x4282, b"webm"))
    scale = _element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
    info = _element(0x1549A966, scale + _element(0x4489, struct.pack(">d", seconds * 1000)))
    kinds = [1] * picture + [2] * sound
    tracks = b"".join(_element(0xAE, _element(0x83, bytes([kind]))) for kind in kinds)
    cluster = _element(0x1F43B675, _element(0xE7, b"\0") + _element(0xEC, bytes(100)))
    return header + _element(0x18538067, info + _element(0x1654AE6B, tracks) + cluster)


def _element(name: int, content: bytes) -> bytes:
    size = (len(content) | 1 << 56).to_bytes(8, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size + content
