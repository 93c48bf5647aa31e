#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs macros by ImageJ alone, as a user would, on planes with an object as the selection.

    xvfb-run python src/test/python/make_imagej.py ij-1.54p.jar

Needs numpy and tifffile of `requirements.txt`, and a display, which ImageJ asks for even where it shows
nothing. Not made anew by CI: its machine has none.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import tifffile

GOLDEN = Path(__file__).resolve().parents[1] / "resources" / "golden" / "imagej"
SHAPE = (37, 43)
TYPES = ("uint8", "uint16", "float32")
MACROS = {
    "background": 'run("Subtract Background...", "rolling=8");',
    "light": 'run("Subtract Background...", "rolling=5 light sliding");',
    "blur": 'run("Gaussian Blur...", "sigma=2");',
    "sharp": 'run("Unsharp Mask...", "radius=1.5 mask=0.60");',
    "median": 'run("Median...", "radius=2");',
    "several": 'getStatistics(area, mean); run("Subtract...", "value=" + mean / 2); run("Smooth");',
}
# Opens a plane and a mask, makes the mask's pixels the selection, runs a macro, and saves the plane.
RUN = """
setBatchMode(true);
open("%(folder)s/mask.tif");
setThreshold(255, 255);
run("Create Selection");
close();
open("%(folder)s/%(plane)s.tif");
run("Restore Selection");
%(macro)s
run("Select None");
saveAs("Tiff", "%(folder)s/out.tif");
close();
"""


def planes() -> dict:
    rng = np.random.default_rng(8)
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    slope = 20 + y + x
    return {
        "uint8": (slope + rng.integers(0, 100, SHAPE)).astype("uint8"),
        "uint16": (slope * 40 + rng.integers(0, 3000, SHAPE)).astype("uint16"),
        "float32": (slope * 1.5 + rng.random(SHAPE) * 100 - 60).astype("float32"),
    }


def mask() -> np.ndarray:
    """A blob with a hole, and a pixel by itself."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    distance = np.hypot(y - 18, x - 20)
    inside = (distance < 14) & (distance > 3)
    inside[2, 40] = True
    return np.where(inside, 255, 0).astype("uint8")


def main(jar: str) -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    arrays = {"mask": mask(), **planes()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each, array in arrays.items():
            tifffile.imwrite(folder / f"{each}.tif", array, imagej=True)
        for kind in TYPES:
            for title, macro in MACROS.items():
                (folder / "run.ijm").write_text(RUN % {"folder": folder, "plane": kind, "macro": macro})
                (folder / "out.tif").unlink(missing_ok=True)
                command = ["java", "-cp", jar, "ij.ImageJ", "-ijpath", name, "-batch", str(folder / "run.ijm")]
                subprocess.run(command, check=True, timeout=60)
                out = tifffile.imread(folder / "out.tif")
                assert out.shape == SHAPE and out.dtype == kind, (kind, title, out.dtype)
                assert (out[arrays["mask"] > 0] != arrays[kind][arrays["mask"] > 0]).any()
                arrays[f"{title}-{kind}"] = out
    np.savez_compressed(GOLDEN / "planes.npz", **arrays)
    (GOLDEN / "macros.json").write_text(json.dumps(MACROS, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
