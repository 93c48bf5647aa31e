"""Copies images with TensorStore into arrays like those that convert made of them, on two threads, and prints
seconds for all images, the median of the rounds.

    python bench/tensorstore_copy.py IMAGES COPIES [ROUNDS]      (5 rounds)

IMAGES is a folder of images, COPIES one of their copies in Zarr v3: for each of these all levels and label images
are copied, shard by shard, into COPIES-tensorstore.
"""

import itertools
import json
import shutil
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tensorstore as ts

# Each thread waits for its shard; encoding and decoding of both share two threads.
CONTEXT = ts.Context({"data_copy_concurrency": {"limit": 2}, "cache_pool": {"total_bytes_limit": 0}})
FIELDS = ["shape", "data_type", "chunk_grid", "chunk_key_encoding", "codecs", "fill_value"]


def opened(driver: str, path: Path, **more) -> ts.TensorStore:
    spec = {"driver": driver, "kvstore": {"driver": "file", "path": str(path)}, **more}
    return ts.open(spec, context=CONTEXT).result()


def shards(array: ts.TensorStore) -> list[tuple[slice, ...]]:
    lengths = array.chunk_layout.write_chunk.shape
    starts = [range(0, size, length) for size, length in zip(array.shape, lengths)]
    return [
        tuple(slice(at, min(at + length, size)) for at, length, size in zip(place, lengths, array.shape))
        for place in itertools.product(*starts)
    ]


def copy_shard(source: ts.TensorStore, target: ts.TensorStore, place: tuple[slice, ...]) -> None:
    with ts.Transaction() as transaction:
        target.with_transaction(transaction)[place].write(source[place].read().result()).result()


def copy(images: Path, copies: Path, target: Path, pool: ThreadPoolExecutor) -> float:
    start = time.perf_counter()
    # The runs beside these delete what the round before made, too.
    shutil.rmtree(target, ignore_errors=True)
    work = []
    for file in sorted(copies.rglob("zarr.json")):
        metadata = json.loads(file.read_text())
        array = file.parent.relative_to(copies)
        if metadata["node_type"] == "array" and (array.parts[1].isdigit() or array.parts[1] == "labels"):
            source = opened("zarr", images / array, open=True)
            fields = {name: metadata[name] for name in FIELDS}
            made = opened("zarr3", target / array, metadata=fields, create=True)
            work += [pool.submit(copy_shard, source, made, place) for place in shards(made)]
    for shard in work:
        shard.result()
    return time.perf_counter() - start


def main() -> None:
    images, copies = Path(sys.argv[1]), Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    target = copies.with_name(copies.name + "-tensorstore")
    with ThreadPoolExecutor(2) as pool:
        times = [copy(images, copies, target, pool) for _ in range(rounds + 1)]
    print(f"{statistics.median(times[1:]):.3f}")


if __name__ == "__main__":
    main()
