# SPDX-License-Identifier: Apache-2.0
"""Shows how far a run is, in a terminal or a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tqdm.auto import tqdm


class Progress:
    """A bar over the objects of a run.

    Parameters
    ----------
    title
        What is done.
    shown
        Whether to show it.
    """

    def __init__(self, title: str, shown: bool):
        self._title = title
        self._shown = shown
        self._bar: Any = None

    def update(self, counts: Mapping[str, int]) -> None:
        """Take the counts of images and objects, all and done ones."""
        if not self._shown:
            return
        if self._bar is None:
            self._bar = tqdm(desc=self._title, unit=" objects", unit_scale=True, dynamic_ncols=True)
        # Where there is no table, the number of objects is known when their label image was read.
        total = max(counts["objects"], counts["objects_done"])
        self._bar.total = total or None
        self._bar.set_postfix_str(f"{counts['images_done']} of {counts['images']} images", refresh=False)
        self._bar.update(counts["objects_done"] - self._bar.n)

    def close(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.close()
