# SPDX-License-Identifier: Apache-2.0
"""Reads and writes all units of level 0 of all images of a plate in a bucket, with TensorStore.

    tensorstore_loop.py ENDPOINT BUCKET PLATE

Prints the seconds that it took. Credentials are those of the environment.
"""

import sys
import time

import s3fs
import tensorstore


def main(endpoint: str, bucket: str, plate: str):
    files = s3fs.S3FileSystem(endpoint_url=endpoint)
    arrays = [key.removeprefix(f"{bucket}/").removesuffix("/.zarray") for key in files.glob(f"{bucket}/{plate}/*/*/*/0/.zarray")]
    start = time.perf_counter()
    for array in arrays:
        place = {"driver": "s3", "bucket": bucket, "path": array + "/", "endpoint": endpoint, "aws_region": "us-east-1",
                 "aws_credentials": {"type": "environment"}}
        opened = tensorstore.open({"driver": "zarr", "kvstore": place}).result()
        opened.write(opened.read().result() // 2).result()
    assert arrays, f"no image in {bucket}/{plate}"
    print(f"{time.perf_counter() - start:.2f}")


main(*sys.argv[1:])
