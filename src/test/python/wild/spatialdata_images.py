# SPDX-License-Identifier: Apache-2.0
"""Images and label images in both formats of SpatialData, and what it reads in them.

    python spatialdata_images.py OUT
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import spatialdata
from spatialdata._io.format import SpatialDataContainerFormatV01, SpatialDataContainerFormatV02
from spatialdata.models import Image2DModel, Labels2DModel
from spatialdata.transformations import Affine, Scale
from xarray import DataTree

warnings.simplefilter("ignore")

OUT = Path(sys.argv[1])
FORMATS = {"0.4": SpatialDataContainerFormatV01(), "0.5": SpatialDataContainerFormatV02()}


def elements():
    image = np.random.default_rng(8).integers(0, 250, (2, 16, 20), "uint8")
    labels = np.zeros((16, 20), "uint32")
    labels[2:5, 3:8] = 7
    labels[8:12, 10:18] = 9
    half = Scale([0.5, 0.5], axes=("y", "x"))
    turned = Affine([[0, 1, 5], [1, 0, 0], [0, 0, 1]], input_axes=("y", "x"), output_axes=("y", "x"))
    return spatialdata.SpatialData(
        images={
            "raw": Image2DModel.parse(image, dims=("c", "y", "x"), c_coords=["DAPI", "GFP"], scale_factors=[2])
        },
        labels={
            "nuclei": Labels2DModel.parse(labels, dims=("y", "x"), transformations={"global": half}),
            "turned": Labels2DModel.parse(labels, dims=("y", "x"), transformations={"global": turned}),
        },
    )


def described(element, file):
    tree = isinstance(element, DataTree)
    levels = [element[scale].image for scale in element.children] if tree else [element]
    np.save(OUT / file, np.asarray(levels[0].data))
    first = levels[0]
    scales = [
        [1.0 if axis == "c" else first.sizes[axis] / level.sizes[axis] for axis in level.dims]
        for level in levels
    ]
    return {"axes": list(first.dims), "scales": scales, "pixels": file}


expected = {}
for version, container_format in FORMATS.items():
    name = f"spatial-{version}.zarr"
    elements().write(OUT / name, sdata_formats=container_format)
    read = spatialdata.read_zarr(OUT / name)
    channels = [str(channel) for channel in spatialdata.models.get_channel_names(read["raw"])]
    image = described(read["raw"], f"raw-{version}.npy")
    expected[f"{name}/images/raw"] = {"version": version, **image, "channels": channels}
    for label in ("nuclei", "turned"):
        described_label = described(read[label], f"{label}-{version}.npy")
        expected[f"{name}/labels/{label}"] = {"version": version, **described_label}
(OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
