# SPDX-License-Identifier: Apache-2.0
"""The commands of the program as functions."""

from __future__ import annotations

import contextlib
import glob
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ngff_spark import _child, _functions, _options, _session
from ngff_spark._progress import Progress
from ngff_spark._result import RefusedError, Run, RunError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PathLike = str | os.PathLike[str]
Inputs = PathLike | Iterable[PathLike]
Channels = str | int | Iterable[str | int]
Ids = str | int | Iterable[int]

_DONE, _SOME_FAILED = 0, 1


def run(
    command: str,
    inputs: Inputs = (),
    *,
    manifest: PathLike | None = None,
    spark: SparkSession | None = None,
    spark_options: Sequence[str] = (),
    progress: bool | None = None,
    **options: Any,
) -> Run:
    """Run any command that works through images.

    The other functions of this module do so with the options of their commands.

    Parameters
    ----------
    command
        Its name, as ``"pyramid"``.
    inputs
        An image, a well or a plate, as a path or URI; or several of them.
    manifest
        A file for the record of the run, which is in the result in any case; ``%t`` in its name is when the run
        began.
    spark
        A session to run in. Without one the command runs in a process of its own.
    spark_options
        Options of spark-submit for that process, as ``["--master", "spark://host:7077"]``; without any it uses
        the cores of this machine.
    progress
        Whether to show a bar; by default in terminals and notebooks.
    **options
        The command's options by their names, with underscores for dashes.

    Returns
    -------
    Run
        What comes of it.

    Raises
    ------
    RefusedError
        If the command could not begin; nothing was touched.
    RunError
        If some images failed; the others are done.
    """
    if spark is not None and spark_options:
        raise ValueError("spark_options are for a process of its own, and spark is a session; give one of them")
    with contextlib.ExitStack() as stack:
        if manifest is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ngff-spark-"))
            manifest = Path(folder) / "manifest.jsonl"
        words = _options.command_line(command, inputs, {**options, "manifest": manifest})
        earlier = _written(manifest)
        ended = _execute(words, spark, spark_options, progress)
        # The program puts the time in. A run in the same second as an earlier one adds to its file.
        later = _written(manifest)
        return _result(words, ended, Path(max(later - earlier or later, default=manifest)))


def _written(manifest: PathLike) -> set[str]:
    """The files that a manifest's name stands for, with times as 20261101T020000Z in place of ``%t``."""
    time = "[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z"
    return set(glob.glob(time.join(glob.escape(part) for part in os.fspath(manifest).split("%t"))))


def _execute(
    words: list[str], spark: SparkSession | None, spark_options: Sequence[str], progress: bool | None
) -> _child.Ended:
    bar = Progress(words[0], _is_watched() if progress is None else progress)
    if spark is not None:
        return _session.run(spark, words, bar)
    return _child.run([*spark_options, "--", *words] if spark_options else words, bar)


def _is_watched() -> bool:
    return "ipykernel" in sys.modules or sys.stderr.isatty()


def _result(words: list[str], ended: _child.Ended, manifest: Path) -> Run:
    if ended.code not in (_DONE, _SOME_FAILED) or not manifest.is_file():
        raise (RefusedError if ended.code not in (_DONE, _SOME_FAILED) else RuntimeError)(_message(ended))
    result = Run(words, _last_run(manifest), ended.output)
    if ended.code == _SOME_FAILED:
        raise RunError(_failures(result) or _message(ended), result)
    return result


def _last_run(manifest: Path) -> list[dict[str, Any]]:
    """The lines of the run that began last; earlier runs may have left part of a line."""
    lines = manifest.read_text(encoding="utf-8").splitlines()
    first = max(number for number, line in enumerate(lines) if line.startswith('{"kind":"run"'))
    began = json.loads(lines[first])
    later = [json.loads(line) for line in lines[first:]]
    return [line for line in later if line.get("run") == began.get("run")]


def _failures(result: Run) -> str:
    lines = [f"{image['input']}: {image.get('message', '')}" for image in result.failed]
    return "\n  ".join([f"{len(lines)} of {len(result.images)} images failed:", *lines]) if lines else ""


def _message(ended: _child.Ended) -> str:
    return ended.messages or ended.output or f"the command ended with code {ended.code}"


def _plain(words: list[str]) -> str:
    """What a command prints that works through no images."""
    ended = _child.run(words, Progress(words[0], False))
    if ended.code != _DONE:
        raise RefusedError(_message(ended))
    return ended.output


def transform(
    inputs: Inputs,
    *,
    label: str,
    function: str | Callable[..., Any],
    params: Mapping[str, Any] | None = None,
    in_place: bool = False,
    suffix: str | None = None,
    output: PathLike | None = None,
    channel: Channels | None = None,
    zoom: float | None = None,
    ids: Ids | None = None,
    on_label: str | None = None,
    unmasked: bool = False,
    on_error: Literal["fail", "skip"] | None = None,
    resume: bool = False,
    again: bool = False,
    overwrite: bool = False,
    **options: Any,
) -> Run:
    """Run a function on every object of a label image and write the object's pixels.

    Each image is changed as a whole or not at all; every object is read as it was before the run.

    Parameters
    ----------
    inputs
        An image, a well or a plate, as a path or URI; or several of them.
    label
        The label image that holds the objects.
    function
        A function, which may be defined in the notebook; or the name of a transform: a built-in one, as
        ``"gamma"``, or ``"file.py:function"`` or ``"package.module:function"``.
    params
        Values of the function's keyword-only parameters, or of the built-in transform's.
    in_place, suffix, output
        Where the pixels go: into the input itself, into new images beside the inputs with this ending of their
        names, or into one new image. Exactly one of them.
    channel
        Channels by index, label or wavelength; all by default.
    zoom
        Factor by which each box grows in y and x.
    ids
        These objects only, as numbers or as a text ``"5,9,100-200"``.
    on_label
        Change the ids of this label image, not the image's pixels.
    unmasked
        Write whole boxes; where they overlap the highest label id wins.
    on_error
        What an object whose function raises does to its image: ``"fail"`` leaves the image as it was, ``"skip"``
        leaves the object as it was and lists it.
    resume, again
        What happens to images that the same job has done before: pass over them, or do them once more.
    overwrite
        Replace an image that lies where the pixels go.
    **options
        Further options of the command, and those of `run`.

    Returns
    -------
    Run
        What comes of it.

    Raises
    ------
    RefusedError
        If it could not begin; nothing was touched.
    RunError
        If some images failed; the others are done.

    Examples
    --------
    >>> def halve(patch, mask):
    ...     return patch // 2
    >>> transform("plate.zarr", label="nuclei", function=halve, suffix="Half")  # doctest: +SKIP
    """
    with _functions.named(function) as name:
        return run(
            "transform",
            inputs,
            label=label,
            transform=name,
            param=_options.parameters(params),
            in_place=in_place,
            suffix=suffix,
            output=output,
            channel=channel,
            zoom=zoom,
            ids=_options.ids(ids),
            on_label=on_label,
            unmasked=unmasked,
            on_error=on_error,
            resume=resume,
            again=again,
            overwrite=overwrite,
            **options,
        )


def crops(
    inputs: Inputs,
    *,
    label: str,
    to: PathLike,
    format: str | None = None,
    size: str | None = None,
    masked: bool = False,
    channel: Channels | None = None,
    zoom: float | None = None,
    ids: Ids | None = None,
    on_error: Literal["fail", "skip"] | None = None,
    resume: bool = False,
    **options: Any,
) -> Run:
    """Write the pixels of every object into files, or of all into one training set.

    Parameters
    ----------
    inputs
        An image, a well or a plate, as a path or URI; or several of them.
    label
        The label image that holds the objects.
    to
        The folder that the files go to.
    format
        ``"npy"``, ``"tiff"`` or ``"png"`` for a file of each object; ``"zarr"`` for one Zarr group of all objects,
        whose arrays hold crops of one size: a training set.
    size
        With ``format="zarr"``: the size of each crop in pixels, as ``"64,64"`` for y and x, ``"16,64,64"`` for stacks.
    masked
        Put 0 around each object.
    channel, zoom, ids
        As for `transform`.
    on_error
        What an object that cannot be cut does to its image: ``"fail"`` fails the image, ``"skip"`` leaves the object
        out and lists it.
    resume
        Go on where an earlier run of the same call was stopped.
    **options
        Further options of the command, and those of `run`.

    Returns
    -------
    Run
        What comes of it.
    """
    return run(
        "crops",
        inputs,
        label=label,
        to=to,
        format=format,
        size=size,
        masked=masked,
        channel=channel,
        zoom=zoom,
        ids=_options.ids(ids),
        on_error=on_error,
        resume=resume,
        **options,
    )


def rois(
    inputs: Inputs,
    *,
    label: str,
    table: str,
    ids: Ids | None = None,
    resume: bool = False,
    **options: Any,
) -> Run:
    """Compute boxes from a label image and write a masking ROI table.

    Parameters
    ----------
    inputs
        An image, a well or a plate, as a path or URI; or several of them.
    label
        The label image.
    table
        The name of the table that is written.
    ids, resume
        As for `transform`.
    **options
        Further options of the command, and those of `run`.

    Returns
    -------
    Run
        What comes of it.
    """
    return run("rois", inputs, label=label, table=table, ids=_options.ids(ids), resume=resume, **options)


def pyramid(inputs: Inputs, **options: Any) -> Run:
    """Rebuild the coarser levels of images, or make them.

    Parameters
    ----------
    inputs
        An image, a well or a plate, as a path or URI; or several of them.
    **options
        Further options of the command, and those of `run`.

    Returns
    -------
    Run
        What comes of it.
    """
    return run("pyramid", inputs, **options)


def inspect(inputs: Inputs, **options: Any) -> Any:
    """Axes, shapes, chunks, codecs, channels, labels, tables and wells of images.

    Parameters
    ----------
    inputs
        An image, a well or a plate, as a path or URI; or several of them.
    **options
        Further options of the command.

    Returns
    -------
    list of dict
        A description for each image.
    """
    return json.loads(_plain(_options.command_line("inspect", inputs, {**options, "json": True})))


def recover(inputs: Inputs, **options: Any) -> str:
    """Put right what a killed run left.

    Parameters
    ----------
    inputs
        An image, a well or a plate, as a path or URI; or several of them.
    **options
        Further options of the command.

    Returns
    -------
    str
        What was done.
    """
    return _plain(_options.command_line("recover", inputs, options))


def transforms(function: str | Callable[..., Any] | None = None) -> str:
    """The transforms there are, or one function, with parameters, ranges and defaults.

    Parameters
    ----------
    function
        A function, or the name of one as for `transform`; all that come with the program by default.

    Returns
    -------
    str
        A line each.
    """
    if function is None:
        return _plain(["transforms"])
    with _functions.named(function) as name:
        return _plain(["transforms", f"--transform={name}"])
