# SPDX-License-Identifier: Apache-2.0
"""Puts a small plate on a disk and into a bucket, and compares what runs made of both.

    python -W ignore check_bucket.py put|compare FOLDER

The folder on the disk is FOLDER/local; the bucket is `bucket` on the server that S3_ENDPOINT names, with the
credentials of the environment.
"""

import os
import sys
from pathlib import Path

import numpy as np
import s3fs
import tensorstore
import zarr
from ngio import ImageInWellPath, create_empty_plate, create_ome_zarr_from_array, open_ome_zarr_container

ENDPOINT = os.environ["S3_ENDPOINT"]
SOURCE, MADE = "plate.zarr/B/03/0", "plate.zarr/B/03/0New"
LEVELS = 2


def make_plate(path: Path):
    """One image of 2 x 150 x 200 pixels in chunks of 64 x 64, with 12 nuclei."""
    create_empty_plate(path, name="bucket", images=[ImageInWellPath(row="B", column="03", path="0")])
    pixels = np.random.default_rng(90).integers(1, 4000, (2, 150, 200), dtype=np.uint16)
    container = create_ome_zarr_from_array(
        path / "B/03/0", pixels, pixelsize=0.5, levels=LEVELS, axes_names="cyx", chunks=(1, 64, 64), overwrite=True)
    labels = np.zeros((150, 200), dtype=np.uint32)
    for index in range(12):
        y, x = 5 + 48 * (index // 4), 5 + 48 * (index % 4)
        labels[y:y + 30, x:x + 40] = index + 1
    nuclei = container.derive_label("nuclei")
    nuclei.set_array(labels)
    nuclei.consolidate()


def put(folder: Path):
    plate = folder / "local" / "plate.zarr"
    make_plate(plate)
    s3fs.S3FileSystem(endpoint_url=ENDPOINT).put(str(plate), "bucket/plate.zarr", recursive=True)


def by_tensorstore(path: str, zarr_format: int) -> np.ndarray:
    place = {"driver": "s3", "bucket": "bucket", "path": path + "/", "endpoint": ENDPOINT, "aws_region": "us-east-1",
             "aws_credentials": {"type": "environment"}}
    return tensorstore.open({"driver": "zarr3" if zarr_format == 3 else "zarr", "kvstore": place}).result().read().result()


def by_ngio(path: str) -> np.ndarray:
    remote = s3fs.S3FileSystem(endpoint_url=ENDPOINT, asynchronous=True)
    return open_ome_zarr_container(zarr.storage.FsspecStore(remote, path=f"bucket/{path}"), mode="r").get_image().get_array()


def compare(folder: Path):
    local = folder / "local"
    arrays = [f"{image}{node}/{level}" for image in (SOURCE, MADE) for node in ("", "/labels/nuclei") for level in range(LEVELS)]
    for path in arrays:
        expected = zarr.open_array(local / path, mode="r")
        remote = zarr.open_array(f"s3://bucket/{path}", mode="r", storage_options={"endpoint_url": ENDPOINT})
        np.testing.assert_array_equal(remote[...], expected[...], err_msg=path)
        np.testing.assert_array_equal(by_tensorstore(path, expected.metadata.zarr_format), expected[...], err_msg=path)
    for image in (SOURCE, MADE):
        np.testing.assert_array_equal(by_ngio(image), zarr.open_array(local / image / "0", mode="r")[...], err_msg=image)
    files = s3fs.S3FileSystem(endpoint_url=ENDPOINT)
    crops = sorted(path.relative_to(local) for path in (local / "crops").rglob("*.npy"))
    assert len(crops) == 12, crops
    for crop in crops:
        assert files.cat(f"bucket/{crop}") == (local / crop).read_bytes(), crop
    here = {str(path.relative_to(local)) for path in (local / "plate.zarr").rglob("*") if path.is_file()}
    there = {path.removeprefix("bucket/") for path in files.find("bucket/plate.zarr")}
    assert here == there, here ^ there
    print(f"{len(arrays)} arrays and {len(crops)} crops in the bucket are those on the disk, for zarr-python, TensorStore and ngio")


{"put": put, "compare": compare}[sys.argv[1]](Path(sys.argv[2]))
