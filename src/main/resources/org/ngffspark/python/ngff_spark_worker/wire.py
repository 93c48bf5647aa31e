# SPDX-License-Identifier: Apache-2.0
"""Frames on the two pipes: a header (kind, bytes that follow), then JSON or bare arrays.

All numbers are in the byte order of the machine, which both ends share.
"""

import io
import json
import os
import struct

VERSION = 3

LOAD = 1
CONFIGURE = 2
CONTEXT = 3
APPLY = 4
APPLY_SHARED = 5

READY = 16
DESCRIPTION = 17
CONFIGURED = 18
RESULT = 19
NOTES = 20
FAILED = 21
RESULT_SHARED = 22

HEADER = struct.Struct("=IQ")
COUNT = struct.Struct("=I")
_BUFFER = 1 << 16


class Wire:
    """The worker's end of the pipes."""

    def __init__(self, request, reply):
        self._reply = reply
        self._held = b""
        raw = io.FileIO(request, "rb", closefd=False)
        self._request = io.BufferedReader(raw, _BUFFER)

    def header(self):
        """Kind and length of the next frame; None at the end of input."""
        data = self._request.read(HEADER.size)
        return HEADER.unpack(data) if len(data) == HEADER.size else None

    def read(self, count):
        """The next bytes of a frame."""
        data = self._request.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def json(self, length):
        """A frame of JSON."""
        return json.loads(self.read(length))

    def fill(self, array):
        """Read the elements of an array, C order."""
        size = array.nbytes
        if size and self._request.readinto(array) < size:
            raise EOFError

    def send(self, kind, value):
        """Write a frame of JSON."""
        data = json.dumps(value).encode("utf-8")
        self._write(HEADER.pack(kind, len(data)), data)

    def send_array(self, array):
        """Write a frame of the elements of an array, which is in C order."""
        self._write(HEADER.pack(RESULT, array.nbytes), array)

    def hold_empty(self, kind):
        """Write a frame that says all by its kind, together with what is written next."""
        self._held += HEADER.pack(kind, 0)

    def flush(self):
        """Write what has been held."""
        if self._held:
            self._write(b"", b"")

    def _write(self, header, data):
        header, self._held = self._held + header, b""
        size = len(header) + memoryview(data).nbytes
        written = os.writev(self._reply, (header, data))
        if written < size:
            rest = memoryview(header + bytes(data))[written:]
            while rest:
                rest = rest[os.write(self._reply, rest) :]
