# SPDX-License-Identifier: Apache-2.0
"""Finds the function: in a source text, in a module, or in a pickle of a notebook."""

import base64
import hashlib
import importlib
import importlib.abc
import importlib.util
import linecache
import os
import pickle
import sys
import types

OWN = "<ngff-spark>"
SCRIPT = "ngff_spark_script"


class NotFound(LookupError):
    """There is no such function."""


def masked_transform(function=None, *, channelwise=False, target="images", batch=False):
    """Say how a function wants to be called; the same as setting attributes of these names."""

    def mark(marked):
        marked.channelwise, marked.target, marked.batch = channelwise, target, batch
        return marked

    return mark if function is None else mark(function)


class _Decorator(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets functions import the decorator also where the package is not installed."""

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == "ngff_spark" else None

    def exec_module(self, module):
        module.masked_transform = masked_transform


class _Texts(importlib.abc.MetaPathFinder, importlib.abc.ExecutionLoader):
    """Imports modules that a pickle needs, and that are not installed, from texts by name."""

    def __init__(self, texts):
        self.texts = texts

    def find_spec(self, name, path=None, target=None):
        if name not in self.texts:
            return None
        is_package = any(other.startswith(name + ".") for other in self.texts)
        return importlib.util.spec_from_loader(name, self, is_package=is_package)

    def get_source(self, fullname):
        return self.texts[fullname]

    def get_filename(self, fullname):
        return f"{OWN}/{fullname}.py"


sys.meta_path.append(_Decorator())


def find(source, paths):
    """The function that a description of the other end names, and a digest of its code.

    The digest tells the function's file or module, and what else of its package or of the given paths it has
    imported; not what is installed.
    """
    if source["kind"] == "pickle":
        return _unpickle(source)
    if source["kind"] == "file":
        module, place = _script(source["file"], base64.b64decode(source["text"])), source["file"]
    else:
        module, place = importlib.import_module(source["module"]), f"module {source['module']}"
    function = _member(module, source["function"], place)
    return function, _digest(_codes(module, paths))


def _digest(codes):
    digest = hashlib.sha256()
    for name, code in codes:
        digest.update(b"%d %d " % (len(name), len(code)) + name.encode("utf-8") + code)
    return digest.hexdigest()


def _script(file, code):
    module = types.ModuleType(SCRIPT)
    module.__file__ = file
    module.__loader__ = _Script(code)
    # Dataclasses and pickles look their module up by name.
    sys.modules[SCRIPT] = module
    compiled = compile(code, file, "exec", dont_inherit=True)
    text = importlib.util.decode_source(code)
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    exec(compiled, module.__dict__)
    return module


class _Script:
    """Holds the bytes of a script."""

    def __init__(self, code):
        self.code = code


def _codes(module, paths):
    """Names and codes of modules that belong to the function."""
    codes = [("", _code(module))]
    package = module.__name__.partition(".")[0]
    for name, other in sorted(sys.modules.items()):
        file = getattr(other, "__file__", None)
        own = name.partition(".")[0] == package or any(_lies_in(file, path) for path in paths)
        if own and other is not module and file is not None:
            codes.append((name, _code(other)))
    return codes


def _lies_in(file, path):
    """Whether a module is of an archive, or a file of a folder; below that folder there may be other things."""
    if file is None:
        return False
    file, path = os.path.abspath(file), os.path.abspath(path)
    return os.path.dirname(file) == path if os.path.isdir(path) else file.startswith(path + os.sep)


def _code(module):
    loader = module.__loader__
    if isinstance(loader, _Script):
        return loader.code
    return loader.get_data(module.__file__) if hasattr(loader, "get_data") and hasattr(module, "__file__") else b""


def _member(module, path, place):
    member = module
    for name in path.split("."):
        if not hasattr(member, name):
            here = [
                each
                for each, value in vars(member).items()
                if callable(value) and not each.startswith("_") and getattr(value, "__module__", "") == module.__name__
            ]
            raise NotFound(f"{place} has no function '{path}'; it has {', '.join(here) or 'none'}")
        member = getattr(member, name)
    return member


def _unpickle(source):
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if source["python"] != here:
        raise NotFound(
            f"the function '{source['name']}' comes from Python {source['python']}, and this is Python {here}: both must"
            " be the same minor version. A function of a file has its source sent, and needs no such agreement"
        )
    # Last: what is installed here comes first.
    sys.meta_path.append(_Texts(source["modules"]))
    for file, text in source["lines"].items():
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    data = base64.b64decode(source["data"])
    return pickle.loads(data), _digest([("", data)])
