# SPDX-License-Identifier: Apache-2.0
"""What comes of a run."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas


@dataclasses.dataclass(frozen=True)
class Run:
    """A run that has ended.

    Attributes
    ----------
    command
        The words that were run, as on a command line.
    manifest
        The record of the run: one dictionary for what was run, one for each image, one for the sum.
    output
        What the command said.
    """

    command: list[str]
    manifest: list[dict[str, Any]]
    output: str

    @property
    def images(self) -> list[dict[str, Any]]:
        """The images of the manifest: input, output, state, seconds and counts of each."""
        return [line for line in self.manifest if line["kind"] == "image"]

    @property
    def failed(self) -> list[dict[str, Any]]:
        """The images that failed, each with a message."""
        return [image for image in self.images if image["state"] == "failed"]

    @property
    def objects(self) -> int:
        """Number of objects of all images that are done."""
        return sum(image.get("objects", 0) for image in self.images)

    def to_pandas(self) -> pandas.DataFrame:
        """A table with a row for each image; needs pandas."""
        import pandas

        return pandas.DataFrame(self.images)

    def __repr__(self) -> str:
        done = len(self.images) - len(self.failed)
        return f"<Run {self.command[0]}: {done} images done, {len(self.failed)} failed, {self.objects} objects>"


class RunError(RuntimeError):
    """Some images of a run failed; the others are done.

    Attributes
    ----------
    run
        The run, of which ``run.failed`` lists the images.
    """

    def __init__(self, message: str, run: Run):
        super().__init__(message)
        self.run = run


class RefusedError(ValueError):
    """A run could not begin: a wrong argument or input. Nothing was touched."""
