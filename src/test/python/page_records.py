# SPDX-License-Identifier: Apache-2.0
"""Writes records of runs that nobody runs in a test: page_records.py FOLDER.

FOLDER/hostile has names that are markup, FOLDER/large a plate of 1,536 wells and what a run keeps of
10 million objects. Each gets run.jsonl and samples.jsonl, as docs/manifest.md describes them.
"""

import base64
import json
import random
import sys
from pathlib import Path

HOSTILE = "/data/</script><script>alert(1)</script>\"'\u202e&amp;/B/03/0"
# A JPEG of one grey pixel, with a comment that makes it as long as a thumbnail of a large plate is.
GREY = base64.b64encode(bytes.fromhex(
    "ffd8fffe02bc" + 698 * "20" + (
    "ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e"
    "1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b080001000101011100ffc4001f00000105"
    "01010101010100000000000000000102030405060708090a0bffc400b5100002010303020403050504040000017d010203000411051221"
    "31410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a43444546474849"
    "4a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5"
    "b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00fbfc"
    "ffd9"))).decode()


def write(folder, run, lines, samples):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("run.jsonl", [run, *lines]), ("samples.jsonl", [{"kind": "run", "run": "r"}, *samples])):
        with open(folder / name, "w", encoding="utf-8") as file:
            file.writelines(json.dumps({"run": "r", **line}) + "\n" for line in content)


def first(label, images):
    return {"kind": "run", "run": "r", "schema": 1, "command": f"submit.sh transform '{label}'",
            "options": {"label": label}, "images": images, "started": "2026-01-01T00:00:00Z"}


def image(name, objects=0, state="done", message=""):
    return {"kind": "image", "input": name, "output": name, "state": state, "message": message, "seconds": 1.5,
            "objects": objects, "pixels": 900 * objects, "bytes_read": 5, "bytes_written": 7}


def hostile(folder):
    failed = image(HOSTILE, state="failed", message=HOSTILE)
    # Two images of one well, one of another, and a place without a well.
    well = "<b>/\"'"
    done = [image(HOSTILE + "1", 1), image(HOSTILE + "2", 3), image(HOSTILE + "3", 8)]
    done[0]["remarks"] = [HOSTILE]
    samples = [{"kind": "plate", "plate": HOSTILE, "name": HOSTILE, "rows": ["<b>", "&"], "columns": ["\"'", "\u202e"],
                "wells": [well, "<b>/\u202e", "&/\"'"]}]
    for place, (name, each) in zip((well, well, "&/\"'"), zip("019", done)):
        samples += [{"kind": "place", "input": each["input"], "plate": HOSTILE, "well": place, "image": name},
                    sample(each["input"], random.Random(1), 1)]
        samples[-1]["channels"] = [{"name": HOSTILE, "color": "00FF00"}]
    write(folder, first(HOSTILE, [HOSTILE]), [failed, *done], samples)


def sample(name, source, objects):
    side = 24
    keys = list(range(8240, 8304, 2))

    def channel(frame):
        mean = source.gauss(900, 200)
        times = [{"mean": mean * factor, "bins": keys, "counts": [source.randrange(40) for _ in keys]} for factor in (1, 0.5)]
        if frame:
            for time in times:
                time["picture"] = base64.b64encode(source.randbytes(2 * side * side)).decode()
        return {"channel": 0, "changed": 9, "low": 100.0, "high": 3000.0, "step": 0.05, "times": times}

    mask = bytes(1 if (y - 12) ** 2 + (x - 12) ** 2 < 90 else 0 for y in range(side) for x in range(side))
    frame = {"width": side, "height": side, "step": 1, "mask": base64.b64encode(mask).decode()}
    names = ["area", *(f"feature {i}" for i in range(2, 41))]
    values = [{"label": str(i + 1), "values": [source.lognormvariate(3, 1) for _ in names]} for i in range(objects)]
    areas = [each["values"][0] for each in values]
    ends = [areas.index(min(areas)), areas.index(max(areas))]
    features = {"summaries": [{"name": each, "count": 6500, "mean": source.lognormvariate(3, 0.3)} for each in names],
                "ends": ["area"], "objects": values, "extremes": [values[i] for i in ends]}
    return {"kind": "sample", "input": name, "remark": "", "features": features, "channels": [{"name": "DAPI", "color": "0000FF"}],
            "thumbnails": [{"width": 64, "height": 64, "jpeg": GREY}] * 2,
            "objects": [{"label": str(i + 1), "pixels": source.randrange(300, 2000), "start": [0, 0, 0], "shape": [1, side, side],
                         "pixel_size": [0.325, 0.325], "channels": [channel(i in ends)], **({"frame": frame} if i in ends else {})}
                        for i in range(objects)]}


def large(folder):
    source = random.Random(14)
    rows = [chr(65 + i) for i in range(26)] + ["A" + chr(65 + i) for i in range(6)]
    columns = [f"{i + 1:02d}" for i in range(48)]
    wells = [f"{row}/{column}" for row in rows for column in columns]
    names = [f"/data/plate.zarr/{well}/0" for well in wells]
    samples = [{"kind": "plate", "plate": "p", "name": "/data/plate.zarr", "rows": rows, "columns": columns, "wells": wells}]
    for well, name in zip(wells, names):
        samples += [{"kind": "place", "input": name, "plate": "p", "well": well, "image": "0"}, sample(name, source, 12)]
    write(folder, first("nuclei", names), [image(name, source.randrange(5000, 8000)) for name in names], samples)


if __name__ == "__main__":
    hostile(Path(sys.argv[1], "hostile"))
    large(Path(sys.argv[1], "large"))
