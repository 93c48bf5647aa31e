# SPDX-License-Identifier: Apache-2.0
"""Images with a label image, of each version that ome-zarr-py writes, and what it reads in them.

    python ome_zarr_images.py OUT
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
from ome_zarr import OMEZarrImage, OMEZarrLabels, OMEZarrMultiscale
from ome_zarr_models.v06.coordinate_transforms import Affine, CoordinateSystem, CoordinateSystemIdentifier

warnings.simplefilter("ignore")

OUT = Path(sys.argv[1])
UNITS = {"z": "micrometer", "y": "micrometer", "x": "micrometer"}
SCALE = {"c": 1.0, "z": 2.0, "y": 0.325, "x": 0.325}


def pixels():
    return np.random.default_rng(6).integers(0, 60000, (2, 3, 20, 24), "uint16")


def objects():
    labels = np.zeros((3, 20, 24), "uint32")
    labels[:, 2:9, 3:11] = 7
    labels[1:, 12:18, 10:22] = 300
    return labels


def multiscale(version):
    nuclei = OMEZarrLabels(
        OMEZarrImage(objects(), axes="zyx", scale={k: SCALE[k] for k in "zyx"}, axes_units=UNITS, name="nuclei"),
        scale_factors=[2],
    )
    further = {}
    if version == "0.6":
        axes = [{"name": name, "type": "space" if name != "c" else "channel"} for name in "czyx"]
        rows = [[1.0 if column == row else 0.0 for column in range(5)] for row in range(4)]
        rows[2][3] = 0.5
        further["coordinate_systems"] = [CoordinateSystem(name="stage", axes=axes)]
        further["coordinate_transformations"] = (
            Affine(
                affine=rows,
                input=CoordinateSystemIdentifier(name="physical"),
                output=CoordinateSystemIdentifier(name="stage"),
            ),
        )
    return OMEZarrMultiscale(
        image=OMEZarrImage(pixels(), axes="czyx", scale=SCALE, axes_units=UNITS, name="cells"),
        scale_factors=[2],
        labels={"nuclei": nuclei},
        channel_names=["DAPI", "GFP"],
        channel_colors=["0000FF", "00FF00"],
        contrast_limits=[(0, 1000), (5, 60000)],
        **further,
    )


def described(multiscale, file):
    levels = [[image.scale[axis] for axis in image.axes] for image in multiscale.images]
    np.save(OUT / file, np.asarray(multiscale.images[0].data))
    return {"axes": list(multiscale.images[0].axes), "scales": levels, "pixels": file}


expected = {}
for version in ("0.4", "0.5", "0.6"):
    name = f"image-{version}.zarr"
    multiscale(version).to_ome_zarr(str(OUT / name), version=version)
    read = OMEZarrMultiscale.from_ome_zarr(str(OUT / name))
    image = described(read, f"image-{version}.npy")
    label = described(read.labels["nuclei"], f"label-{version}.npy")
    channels = [channel.label for channel in read.omero.channels]
    expected[name] = {"version": version, **image, "channels": channels, "labels": {"nuclei": label}}
(OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
