# SPDX-License-Identifier: Apache-2.0
"""What a function says of itself: what it asks for, its parameters, and on what it works."""

import collections.abc
import inspect
import re
import types
import typing

import numpy

PER_OBJECT = ("patch", "mask", "labels", "label", "origin", "notes", "new_label")
PER_IMAGE = ("axes", "channel_names", "pixel_size", "image")
GIVEN = PER_OBJECT + PER_IMAGE
TARGETS = ("images", "labels", "both")
_SIMPLE = {int: "int", float: "float", str: "str", bool: "bool"}
_COMPILED = (numpy.ufunc, types.BuiltinFunctionType)
_TYPES = "there are int, float, str, bool, Literal of strings or of integers, lists of these, and each of these or None"
_LISTS = (list, tuple, collections.abc.Sequence, collections.abc.Iterable)


class Unusable(TypeError):
    """The function is not as it must be. The text goes on after "cannot be used: "."""


class Parameter:
    """A parameter of the function that the user gives a value for."""

    def __init__(self, name, annotation, default, help_text):
        self.name = name
        self.help = help_text
        self.default = default
        self.choices = None
        base = _without_none(annotation)
        if base is inspect.Parameter.empty:
            base = self._type_of_default()
        element = self._element_of_list(base)
        self.container = None if element is None else tuple if typing.get_origin(base) is tuple else list
        self.kind = self._kind(base if element is None else element)

    def _type_of_default(self):
        if type(self.default) in _SIMPLE:
            return type(self.default)
        if type(self.default) in (list, tuple) and self.default and type(self.default[0]) in _SIMPLE:
            return type(self.default)[type(self.default[0])]
        raise Unusable(f"parameter '{self.name}' needs an annotation: {_TYPES}")

    @staticmethod
    def _element_of_list(base):
        if typing.get_origin(base) not in _LISTS:
            return None
        elements = [each for each in typing.get_args(base) if each is not Ellipsis]
        return elements[0] if len(elements) == 1 else base

    def _kind(self, base):
        if base in _SIMPLE:
            return _SIMPLE[base]
        choices = typing.get_args(base) if typing.get_origin(base) is typing.Literal else ()
        if {type(choice) for choice in choices} in ({str}, {int}):
            self.choices = list(choices)
            return "choice"
        raise Unusable(f"parameter '{self.name}' is annotated as {base!r}; {_TYPES}")

    def describe(self):
        """For the other end of the pipe."""
        return {
            "name": self.name,
            "kind": self.kind,
            "choices": [str(choice) for choice in self.choices or ()],
            "list": self.container is not None,
            "absence": self._absence(),
            "default": self._texts() if self._absence() == "default" else [],
            "help": self.help,
        }

    def _absence(self):
        if self.default is inspect.Parameter.empty:
            return "error"
        return "none" if self.default is None else "default"

    def _texts(self):
        values = [self.default] if self.container is None else list(self.default)
        texts = [str(each).lower() if isinstance(each, bool) else str(each) for each in values]
        if self.container is not None and any("," in text for text in texts):
            raise Unusable(f"the default of parameter '{self.name}' is {values}; texts of a list have no commas")
        return [{"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(text, text) for text in texts]

    def value(self, texts):
        """What the function gets for texts that the other end has checked."""
        values = [self._parse(text) for text in texts]
        return self.container(values) if self.container is not None else values[0]

    def _parse(self, text):
        if self.kind == "choice":
            return next(choice for choice in self.choices if str(choice) == text)
        if self.kind == "bool":
            return text == "true"
        return {"int": int, "float": float, "str": str}[self.kind](text)


class Signature:
    """A function with what it asks for.

    Attributes
    ----------
    positional, named
        What it is given by position and by name, as texts of GIVEN.
    parameters
        What the user gives values for, by name.
    """

    def __init__(self, function):
        if not callable(function):
            raise Unusable(f"it is no function but {function!r:.100} ({type(function).__name__})")
        self.target = _attribute(function, "target", str, "images")
        if self.target not in TARGETS:
            raise Unusable(f"it has target {self.target!r}; there are {', '.join(map(repr, TARGETS))}")
        self.channelwise = _attribute(function, "channelwise", bool, False)
        self.batch = _attribute(function, "batch", bool, False)
        if inspect.iscoroutinefunction(function) or inspect.isgeneratorfunction(function):
            raise Unusable("it is a coroutine or a generator; it must be a plain function")
        documentation = inspect.getdoc(function) or ""
        self.description = documentation.strip().split("\n")[0].strip()
        self.positional, self.named, self.parameters = [], [], {}
        self._read(function, _helps(documentation))
        asked = {*self.positional, *self.named}
        self.wants_mask, self.wants_labels = "mask" in asked, "labels" in asked
        self.wants_new_label = "new_label" in asked

    def _read(self, function, helps):
        try:
            declared = list(inspect.signature(function).parameters.values())
        except ValueError:
            self.positional.append("patch")  # A function of C without signature, as some of numpy's.
            return
        annotations = _annotations(function)
        compiled = isinstance(function, _COMPILED)
        known = any(each.name == "patch" for each in declared)
        for parameter in declared:
            if parameter.kind is parameter.VAR_POSITIONAL and not known and not self.positional:
                self.positional.append("patch")
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                continue
            name = parameter.name
            by_name = parameter.kind is parameter.KEYWORD_ONLY
            if name in GIVEN:
                (self.named if by_name else self.positional).append(name)
            elif by_name and compiled:
                continue  # Such as numpy's "where" and "dtype".
            elif by_name:
                annotation = annotations.get(name, parameter.annotation)
                help_text = helps.get(name, "")
                self.parameters[name] = Parameter(name, annotation, parameter.default, help_text)
            elif not known and not self.positional:
                self.positional.append("patch")
                known = True
            elif parameter.default is parameter.empty:
                raise Unusable(
                    f"it asks for '{name}'; there are {', '.join(GIVEN)}. A parameter that users give comes after"
                    f" a star: def f(patch, mask, *, {name}: float = 1)"
                )

    def describe(self):
        """For the other end of the pipe."""
        return {
            "description": self.description,
            "target": self.target,
            "channelwise": self.channelwise,
            "batch": self.batch,
            "wants": sorted({*self.positional, *self.named}),
            "parameters": [each.describe() for each in self.parameters.values()],
        }


def _attribute(function, name, kind, default):
    value = getattr(function, name, default)
    if not isinstance(value, kind):
        raise Unusable(f"it has {name} = {value!r}; it must be a {kind.__name__}")
    return value


def _annotations(function):
    target = function
    while hasattr(target, "__wrapped__"):
        target = target.__wrapped__
    if not isinstance(target, (types.FunctionType, types.MethodType)):
        target = getattr(target, "func", getattr(type(target), "__call__", target))  # noqa: B004 - the function itself is wanted
    try:
        return typing.get_type_hints(target)
    except (NameError, TypeError, AttributeError) as wrong:
        if any(isinstance(each, str) for each in getattr(target, "__annotations__", {}).values()):
            raise Unusable(f"it has annotations that cannot be read: {wrong}") from None
        return {}


def _without_none(annotation):
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        rest = [each for each in typing.get_args(annotation) if each is not type(None)]
        if len(rest) == 1:
            return rest[0]
    return annotation


def _helps(documentation):
    """The first line of help of each entry in the section Parameters of a numpy-style docstring."""
    lines = documentation.split("\n")
    starts = [
        index
        for index in range(len(lines) - 1)
        if lines[index].strip().endswith("Parameters") and set(lines[index + 1].strip()) == {"-"}
    ]
    helps, names = {}, []
    for start in starts:
        for index in range(start + 2, len(lines)):
            line = lines[index]
            if index + 1 < len(lines) and line.strip() and set(lines[index + 1].strip()) == {"-"}:
                break
            if line and not line[0].isspace():
                names = [name.strip() for name in re.split(r"\s*:", line)[0].split(",")]
            elif line.strip():
                for name in names:
                    helps.setdefault(name, line.strip())
    return helps
