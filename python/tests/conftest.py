# SPDX-License-Identifier: Apache-2.0
"""Small images, written without any library for Zarr."""

import json
from pathlib import Path

import numpy as np
import pytest

SIZE = 32


def group(folder, ome):
    folder.mkdir(parents=True, exist_ok=True)
    text = {"zarr_format": 3, "node_type": "group", "attributes": {"ome": {"version": "0.5", **ome}}}
    (folder / "zarr.json").write_text(json.dumps(text))


def multiscale(axes):
    scale = {"type": "scale", "scale": [1.0] * len(axes)}
    kinds = {"c": {"name": "c", "type": "channel"}}
    space = {"type": "space", "unit": "micrometer"}
    return {
        "multiscales": [
            {
                "axes": [kinds.get(axis, {"name": axis, **space}) for axis in axes],
                "datasets": [{"path": "0", "coordinateTransformations": [scale]}],
            }
        ]
    }


def array(folder, values, axes):
    text = {
        "zarr_format": 3,
        "node_type": "array",
        "shape": values.shape,
        "data_type": str(values.dtype),
        "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": values.shape}},
        "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
        "fill_value": 0,
        "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}],
        "dimension_names": list(axes),
        "attributes": {},
    }
    chunk = folder.joinpath("c", *["0"] * values.ndim)
    chunk.parent.mkdir(parents=True)
    chunk.write_bytes(values.tobytes())
    (folder / "zarr.json").write_text(json.dumps(text))


class Image:
    """An image with square objects, all its pixels 100."""

    def __init__(self, path, labels):
        self.path = Path(path)
        self.ids = np.zeros((SIZE, SIZE), np.uint16)
        for place, label in enumerate(labels):
            self.ids[4 + 8 * place : 8 + 8 * place, 4:20] = label
        group(self.path, multiscale("cyx"))
        array(self.path / "0", np.full((1, SIZE, SIZE), 100, np.uint16), "cyx")
        group(self.path / "labels", {"labels": ["nuclei"]})
        group(self.path / "labels" / "nuclei", {**multiscale("yx"), "image-label": {}})
        array(self.path / "labels" / "nuclei" / "0", self.ids, "yx")

    def result(self, suffix):
        """The image that a run with this suffix makes."""
        return self.path.with_name(f"{self.path.stem}{suffix}.zarr")

    def pixels(self, suffix=""):
        chunk = self.result(suffix) / "0" / "c" / "0" / "0" / "0"
        return np.frombuffer(chunk.read_bytes(), np.uint16).reshape(SIZE, SIZE)

    def expected(self, change):
        """The pixels after a change of each label's."""
        pixels = np.full((SIZE, SIZE), 100, np.uint16)
        for label in np.unique(self.ids[self.ids > 0]):
            pixels[self.ids == label] = change(int(label))
        return pixels


@pytest.fixture
def images(tmp_path):
    """Two images, of which the second has an object 7."""
    folder = tmp_path / "Bilder mit ö"
    return [Image(folder / "a.zarr", [1, 2]), Image(folder / "b.zarr", [3, 7])]
