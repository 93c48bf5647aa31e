# SPDX-License-Identifier: Apache-2.0
"""Answers what the program asks: describes a function, takes its parameters, applies it to objects."""

import os
import struct
import sys

from ngff_spark_worker import failure, guard, wire


def serve(pipes, start):
    """Work until the end of input."""
    shared = opened(start["shared"])
    try:
        if start["memory"] is not None:
            guard.limit_memory(start["memory"])
        sys.path[0:0] = start["paths"]
        import numpy
    except BaseException as broken:
        pipes.send(wire.FAILED, failure.told(broken, "start"))
        return
    ready = {
        "protocol": wire.VERSION,
        "pid": os.getpid(),
        "executable": sys.executable,
        "numpy": numpy.__version__,
        "shared": shared is not None,
    }
    pipes.send(wire.READY, ready)
    Session(pipes, numpy, shared, start).run()


def opened(path):
    """The file in memory that the program shares; None if there is none, or it is not seen from here."""
    try:
        return None if path is None else open(path, "r+b")
    except OSError:
        return None


class Context:
    """What all objects of an image, or of some of its channels, share."""

    def __init__(self, numpy, json, wants_mask):
        self.dtype = numpy.dtype(json["type"])
        self.ids = json["ids"]
        self.largest_label = json["largest_label"]
        self.rank = len(json["axes"])
        self.given = {
            "axes": json["axes"],
            "channel_names": tuple(json["channel_names"]),
            "pixel_size": tuple(json["pixel_size"]),
            "image": json["image"],
        }
        self.label_dtype = numpy.dtype(json["label_type"]) if json["label_axes"] else None
        self.head = struct.Struct(f"=Q{self.rank}q{self.rank}q{int(wants_mask)}q{len(json['label_axes'])}q")


class Session:
    """One function, from its description to its last object."""

    def __init__(self, pipes, numpy, shared, start):
        # Not sooner: they import numpy, whose absence is told first.
        from ngff_spark_worker import arrays, pixels, signature, source

        self.pipes, self.numpy = pipes, numpy
        self.piped = arrays.Piped(pipes)
        self.shared = None if shared is None else arrays.Shared(pipes, shared)
        self.memory, self.paths = start["memory"], start["paths"]
        self.pixels, self.contract, self.source = pixels, signature, source
        self.function = self.signature = self.context = None
        self.values = {}

    def run(self):
        answers = {
            wire.LOAD: self.load,
            wire.CONFIGURE: self.configure,
            wire.CONTEXT: self.enter,
            wire.APPLY: lambda length: self.apply(self.piped, length),
            wire.APPLY_SHARED: lambda length: self.apply(self.shared, length),
        }
        try:
            while (header := self.pipes.header()) is not None:
                answers[header[0]](header[1])
        except EOFError:
            return

    def load(self, length):
        try:
            self.function, digest = self.source.find(self.pipes.json(length), self.paths)
            self.signature = self.contract.Signature(self.function)
        except self.source.NotFound as missing:
            self.pipes.send(wire.FAILED, failure.refused("missing", missing))
        except self.contract.Unusable as unusable:
            self.pipes.send(wire.FAILED, failure.refused("contract", unusable))
        except BaseException as broken:
            self.pipes.send(wire.FAILED, failure.told(broken, "load"))
        else:
            self.pipes.send(wire.DESCRIPTION, {**self.signature.describe(), "digest": digest})

    def configure(self, length):
        texts = self.pipes.json(length)
        declared = self.signature.parameters
        self.values = {name: declared[name].value(values) for name, values in texts.items()}
        self.pipes.send(wire.CONFIGURED, {})

    def enter(self, length):
        self.context = Context(self.numpy, self.pipes.json(length), self.signature.wants_mask)

    def apply(self, arrays, length):
        objects = [self.read_object(arrays) for _ in range(arrays.begin(length))]
        try:
            results = self.batch(objects) if self.signature.batch else [self.single(each) for each in objects]
        except self.pixels.NotInType as wrong:
            self.pipes.send(wire.FAILED, failure.refused("contract", wrong))
        except BaseException as broken:
            self.fail(failure.told(broken, "raised"))
        else:
            for given, result in zip(objects, results):
                if given["notes"]:
                    self.pipes.send(wire.NOTES, [str(note) for note in given["notes"]])
                arrays.give(result, given["place"])
            self.pipes.flush()

    def fail(self, told):
        if told["kind"] == "memory" and self.memory is not None:
            told["summary"] += f" (a process may have {self.memory} bytes, --python-memory)"
        self.pipes.send(wire.FAILED, told)
        if told["kind"] == "memory":
            # What is left of the memory may not do for the next object.
            sys.exit(1)

    def read_object(self, arrays):
        context = self.context
        rank = context.rank
        head = arrays.numbers(context.head)
        shape = head[1 : 1 + rank]
        more = 1 + 2 * rank
        given = {
            **context.given,
            "place": arrays.place(),
            "patch": arrays.take(shape, context.dtype),
            "label": head[0],
            "origin": head[1 + rank : more],
            "notes": [],
        }
        if self.signature.wants_mask:
            given["mask"] = arrays.take_repeated(shape, head[more], self.pixels.BOOL)
            more += 1
        if self.signature.wants_labels:
            given["labels"] = arrays.take(head[more:], context.label_dtype)
        if self.signature.wants_new_label:
            given["new_label"] = self.pixels.new_labels(head[0], context.largest_label, context.dtype)
        return given

    def single(self, given):
        return self.checked(self.call(given), given["patch"])

    def batch(self, objects):
        given = self.context.given
        lists = {name: [each[name] for each in objects] for name in objects[0] if name not in given}
        results = self.call({**given, **lists})
        if results is None:
            results = [None] * len(objects)
        if not hasattr(results, "__len__"):
            raise self.pixels.NotInType(f"a {type(results).__name__}, not {len(objects)} results")
        if len(results) != len(objects):
            raise self.pixels.NotInType(f"{len(results)} results for {len(objects)} objects")
        return [self.checked(result, given["patch"]) for result, given in zip(results, objects)]

    def call(self, given):
        positional = [given[name] for name in self.signature.positional]
        named = {name: given[name] for name in self.signature.named}
        return self.function(*positional, **named, **self.values)

    def checked(self, result, patch):
        if result is None:
            return patch
        if not isinstance(result, self.numpy.ndarray):
            result = self.array_of(result)
        if result.shape != patch.shape:
            raise self.pixels.NotInType(f"an array of shape {result.shape}")
        to_type = self.pixels.store_ids if self.context.ids else self.pixels.store
        return to_type(result, patch.dtype)

    def array_of(self, result):
        try:
            array = self.numpy.asarray(result)
        except (TypeError, ValueError):
            array = None
        if array is None or array.dtype.kind not in "biuf":
            raise self.pixels.NotInType(f"a {type(result).__name__}")
        return array
