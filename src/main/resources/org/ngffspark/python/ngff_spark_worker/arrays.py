# SPDX-License-Identifier: Apache-2.0
"""Where the elements of arrays come from and go to: the pipes, or memory that both ends share."""

import mmap

import numpy
from ngff_spark_worker import wire

ALIGNMENT = 8


def repeated(array, shape):
    """The array all along the axes of which it has one index; functions may write into it."""
    whole = numpy.empty(shape, array.dtype)
    whole[...] = array
    return whole


class Piped:
    """Arrays that follow each other on the pipes."""

    def __init__(self, pipes):
        self._pipes = pipes

    def begin(self, length):
        """Take a frame of so many bytes, and say for how many objects."""
        return self.numbers(wire.COUNT)[0]

    def numbers(self, layout):
        """The next numbers of the frame."""
        return layout.unpack(self._pipes.read(layout.size))

    def place(self):
        """Where the next array is: on the pipe there is but one place."""
        return 0

    def take(self, shape, dtype):
        """The next array, C order."""
        array = numpy.empty(shape, dtype)
        self._pipes.fill(array)
        return array

    def take_repeated(self, shape, axes, dtype):
        """The next array, which is the same all along its first axes: one index of these comes."""
        return repeated(self.take((1,) * axes + shape[axes:], dtype), shape)

    def give(self, result, place):
        """Send an array, in C order."""
        self._pipes.send_array(result)


class Shared:
    """Arrays in memory that the program writes before it sends a frame, and reads after the answer.

    What functions get are copies: they may keep them, and the memory is used again.
    """

    def __init__(self, pipes, file):
        self._pipes = pipes
        self._memory = mmap.mmap(file.fileno(), 0)
        self._at = 0
        self._frame = b""
        self._read = 0

    def begin(self, length):
        """Take a frame of so many bytes, and say for how many objects."""
        self._at = self._read = 0
        self._frame = self._pipes.read(length)
        return self.numbers(wire.COUNT)[0]

    def numbers(self, layout):
        """The next numbers of the frame."""
        found = layout.unpack_from(self._frame, self._read)
        self._read += layout.size
        return found

    def place(self):
        """Where the next array is."""
        return self._at

    def take(self, shape, dtype):
        """The next array, C order."""
        return self._next(shape, dtype).copy()

    def take_repeated(self, shape, axes, dtype):
        """The next array, which is the same all along its first axes: one index of these is there."""
        return repeated(self._next((1,) * axes + shape[axes:], dtype), shape)

    def _next(self, shape, dtype):
        array = numpy.ndarray(shape, dtype, self._memory, self._at)
        self._at += -(-array.nbytes // ALIGNMENT) * ALIGNMENT
        return array

    def give(self, result, place):
        """Put an array, in C order, where the object's was."""
        numpy.ndarray(result.shape, result.dtype, self._memory, place)[...] = result
        self._pipes.hold_empty(wire.RESULT_SHARED)
