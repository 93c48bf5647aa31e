# SPDX-License-Identifier: Apache-2.0
"""Zarr v2 and v3 arrays of every codec, layout, type and fill value, written by zarr-python.

Each array lies in v2/<name> or v3/<name>. `index.json` names, for each, the .npy file in `expected`
that holds its content; arrays with equal content share one.
"""

import json
import warnings
from pathlib import Path

import numcodecs
import numpy as np
import zarr
from zarr.codecs import (
    BloscCodec,
    BytesCodec,
    Crc32cCodec,
    GzipCodec,
    ShardingCodec,
    TransposeCodec,
    ZstdCodec,
)
from zarr.codecs import numcodecs as zarr_numcodecs

BLOSC_NAMES = ["blosclz", "lz4", "lz4hc", "zlib", "zstd"]
BLOSC_SHUFFLES = {0: "noshuffle", 1: "shuffle", 2: "bitshuffle"}
TYPES = ["bool", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]


def image() -> np.ndarray:
    """uint16 (70, 90): a gradient with noise in the low bits, and a part that is zero."""
    y, x = np.mgrid[0:70, 0:90]
    noise = np.random.default_rng(7).integers(0, 9, size=(70, 90))
    values = 400 + 11 * y + 5 * x + noise
    values[:, 60:75] = 0
    return values.astype("<u2")


def noise() -> np.ndarray:
    """uint16 (70, 90) that no codec makes smaller."""
    return np.random.default_rng(8).integers(0, 1 << 16, size=(70, 90)).astype("<u2")


def labels() -> np.ndarray:
    """uint32 (70, 90): long runs, ids above 2^31 among them."""
    y, x = np.mgrid[0:70, 0:90]
    ids = (y // 13) * 7 + x // 17
    ids = np.where((y % 13 < 2) | (x % 17 < 3), 0, ids + 1).astype("<u4")
    return np.where(ids > 20, ids + (1 << 31), ids).astype("<u4")


def of_type(name: str) -> np.ndarray:
    """(5, 6, 7) of that type, the extremes of its range among them."""
    rng = np.random.default_rng(9)
    dtype = np.dtype("<" + name if name != "bool" else name)
    if dtype.kind == "b":
        return rng.integers(0, 2, size=(5, 6, 7)).astype(dtype)
    if dtype.kind == "f":
        values = (rng.standard_normal((5, 6, 7)) * 100).astype(dtype)
        values[0, 0, :6] = [np.nan, np.inf, -np.inf, -0.0, np.finfo(dtype).max, np.finfo(dtype).tiny]
        return values
    limits = np.iinfo(dtype)
    values = rng.integers(limits.min, limits.max, size=(5, 6, 7), dtype=dtype, endpoint=True)
    values[0, 0, :3] = [limits.min, limits.max, 1]
    return values


def volume() -> np.ndarray:
    """uint16 (5, 6, 7), each value tells its place."""
    z, y, x = np.mgrid[0:5, 0:6, 0:7]
    return (10_000 + 1000 * z + 100 * y + x).astype("<u2")


def five_axes() -> np.ndarray:
    """int32 (2, 3, 2, 9, 10), each value its flat index, shifted to both signs."""
    return (np.arange(2 * 3 * 2 * 9 * 10).reshape(2, 3, 2, 9, 10) - 500).astype("<i4")


class Arrays:
    """Writes arrays and remembers what each must hold."""

    def __init__(self, root: Path):
        self.root = root
        self.index = []
        self.contents = {}

    def add(self, version, name, values, chunks, *, missing=(), edit=None, content=None, lossy=False, refused=False,
            **options):
        """`missing` are regions never written: they keep the fill value. `edit` changes metadata.

        With `lossy` codecs an array holds something near to the values. Values that codecs make others
        of are `refused` by whoever keeps what he is given.
        """
        path = f"v{version}/{name}"
        separator = options.pop("separator", "/")
        encoding = options.pop("encoding", "default" if version == 3 else "v2")
        options = dict(
            shape=values.shape,
            chunks=chunks,
            dtype=options.pop("dtype", values.dtype),
            zarr_format=version,
            chunk_key_encoding={"name": encoding, "separator": separator},
            config={"write_empty_chunks": options.pop("write_empty_chunks", False)},
            **options,
        )
        array = zarr.create_array(str(self.root / path), **options)
        if not missing:
            array[...] = values
        else:
            self._write_all_but(array, values, missing)
        expected = array[...]
        if edit is not None:
            self._edit(path, version, edit)
            expected = zarr.open_array(str(self.root / path), mode="r")[...]
        if not missing and not lossy and not refused:
            np.testing.assert_array_equal(expected, values)
        self._expect(path, content or name, expected)
        if refused:
            self.index[-1]["refused"] = True
        if lossy:
            again = zarr.create_array(zarr.storage.MemoryStore(), **options)
            again[...] = expected
            self._rewritten(content or name, again[...])

    def _rewritten(self, content, values):
        """What `lossy` codecs make of what they gave."""
        known = self.contents.setdefault(f"{content}-rewritten", values)
        np.testing.assert_array_equal(known, values)
        self.index[-1]["rewritten"] = f"expected/{content}-rewritten.npy"

    def _write_all_but(self, array, values, missing):
        written = np.ones(array.cdata_shape if array.shards is None else array._shard_grid_shape, bool)
        unit = array.shards or array.chunks
        for position in missing:
            written[position] = False
        for position in np.argwhere(written):
            region = tuple(slice(p * u, (p + 1) * u) for p, u in zip(position, unit))
            array[region] = values[region]

    def _edit(self, path, version, edit):
        file = self.root / path / ("zarr.json" if version == 3 else ".zarray")
        metadata = json.loads(file.read_text())
        edit(metadata)
        file.write_text(json.dumps(metadata, indent=2))

    def _expect(self, path, content, expected):
        little = np.ascontiguousarray(expected.astype(expected.dtype.newbyteorder("<")))
        little = little.reshape(expected.shape)
        known = self.contents.setdefault(content, little)
        np.testing.assert_array_equal(known, little)
        self.index.append({"array": path, "expected": f"expected/{content}.npy"})

    def finish(self):
        (self.root / "expected").mkdir()
        for content, values in self.contents.items():
            np.save(self.root / "expected" / f"{content}.npy", values)
        (self.root / "index.json").write_text(json.dumps(self.index, indent=1) + "\n")


def v2_codecs(arrays: Arrays):
    def add(name, codec, values=image(), content="image", **options):
        arrays.add(2, name, values, (48, 64), compressors=codec, content=content, **options)

    for cname in BLOSC_NAMES:
        for shuffle, word in BLOSC_SHUFFLES.items():
            add(f"blosc-{cname}-{word}", numcodecs.Blosc(cname, clevel=5, shuffle=shuffle))
    add("blosc-lz4-level9", numcodecs.Blosc("lz4", clevel=9, shuffle=1))
    add("blosc-lz4-level0", numcodecs.Blosc("lz4", clevel=0, shuffle=1))
    for cname in BLOSC_NAMES:
        # Blocks that do not divide the chunk: the last is shorter and is stored unsplit.
        add(f"blosc-{cname}-blocks", numcodecs.Blosc(cname, clevel=5, shuffle=1, blocksize=1280))
    add("blosc-zstd-bitshuffle-blocks", numcodecs.Blosc("zstd", clevel=5, shuffle=2, blocksize=1280))
    for shuffle, word in BLOSC_SHUFFLES.items():
        add(f"blosc-lz4-{word}-noise", numcodecs.Blosc("lz4", shuffle=shuffle), noise(), "noise")
    add("blosc-lz4-labels", numcodecs.Blosc("lz4"), labels(), "labels")
    add("blosc-lz4-auto", numcodecs.Blosc("lz4", shuffle=-1), labels(), "labels")
    add("zstd-labels", numcodecs.Zstd(level=0), labels(), "labels")
    add("zstd", numcodecs.Zstd(level=3))
    add("zstd-checksum", numcodecs.Zstd(level=3, checksum=True))
    add("zlib", numcodecs.Zlib(level=6))
    add("gzip", numcodecs.GZip(level=6))
    add("bz2", numcodecs.BZ2(level=9))
    add("lz4", numcodecs.LZ4(acceleration=1))
    add("none", None)


def ramp(dtype: str) -> np.ndarray:
    """(5, 6, 7) of that floating-point type: small steps, of both signs."""
    steps = np.random.default_rng(10).standard_normal((5, 6, 7))
    return (1000 + steps.cumsum().reshape(5, 6, 7)).astype(dtype)


def v2_filters(arrays: Arrays):
    zstd = numcodecs.Zstd(level=1)

    def add(name, filters, values=image(), content="image", codec=zstd, chunks=(48, 64), **options):
        arrays.add(2, name, values, chunks, filters=filters, compressors=codec, content=content, **options)

    add("delta", [numcodecs.Delta("<u2")])
    add("delta-wider", [numcodecs.Delta("<u2", astype="<i4")])
    add("delta-narrower", [numcodecs.Delta("<u4", astype="<u2")], (image() // 4).astype("<u4"), "delta-narrower",
        refused=True)
    add("delta-big", [numcodecs.Delta(">u2")], dtype=">u2")
    add("delta-order-F", [numcodecs.Delta("<u2")], volume(), "volume", chunks=(2, 4, 3), order="F")
    for name in ["f4", "f8"]:
        values, cube = ramp("<" + name), dict(chunks=(3, 4, 7), lossy=True)
        add(f"delta-{name}", [numcodecs.Delta("<" + name)], values, f"delta-{name}", **cube)
        for astype, scale in [("u2", 10), ("i4", 2.5), ("f4", 0.1)]:
            offset = numcodecs.FixedScaleOffset(offset=900.5, scale=scale, dtype="<" + name, astype="<" + astype)
            add(f"scaleoffset-{name}-{astype}", [offset], values, f"scaleoffset-{name}-{astype}", **cube)
    add("scaleoffset-integers", [numcodecs.FixedScaleOffset(offset=400, scale=1, dtype="<u2")])
    add("scaleoffset-integers-scaled", [numcodecs.FixedScaleOffset(offset=4, scale=0.25, dtype="<u2", astype="u1")],
        (image() // 4).astype("<u2"), "scaled", lossy=True)
    add("astype-wider", [numcodecs.AsType(encode_dtype="<i4", decode_dtype="<u2")])
    add("astype-float", [numcodecs.AsType(encode_dtype="<f4", decode_dtype="<u2")])
    add("astype-big", [numcodecs.AsType(encode_dtype=">u4", decode_dtype="<u2")])
    add("astype-lossy", [numcodecs.AsType(encode_dtype="<i2", decode_dtype="<f4")], ramp("<f4"), "astype-lossy",
        chunks=(3, 4, 7), lossy=True)
    add("packbits", [numcodecs.PackBits()], of_type("bool"), "bool", chunks=(3, 5, 7))
    add("packbits-none", [numcodecs.PackBits()], of_type("bool"), "bool", None, chunks=(2, 4, 7))
    add("shuffle", [numcodecs.Shuffle(2)], codec=numcodecs.Zlib(1))
    add("shuffle-wider", [numcodecs.Shuffle(8)], codec=None)
    add("shuffle-one", [numcodecs.Shuffle(1)])
    add("delta-shuffle-lzma", [numcodecs.Delta("<u2"), numcodecs.Shuffle(2)], codec=numcodecs.LZMA())
    add("zlib-as-filter", [numcodecs.Delta("<u2"), numcodecs.Zlib(1)], codec=None)
    add("lzma", None, codec=numcodecs.LZMA())
    add("lzma-alone", None, codec=numcodecs.LZMA(format=2, preset=1))
    add("lzma-check", None, codec=numcodecs.LZMA(preset=9, check=1))
    add("lzma-noise", None, noise(), "noise", codec=numcodecs.LZMA())
    add("blosc-typesize", None, codec=numcodecs.Blosc("lz4", shuffle=1, typesize=4),
        edit=lambda metadata: metadata["compressor"].update(typesize=4))


def v2_lenient(arrays: Arrays):
    """Metadata that say less or otherwise than zarr-python writes, and that it reads."""

    def edited(name, values, **changes):
        def edit(metadata):
            for field, value in changes.items():
                if value == "missing":
                    del metadata[field]
                else:
                    metadata[field] = value

        arrays.add(2, name, values, (3, 4, 4), missing=[(0, 1, 0)], compressors=None, edit=edit, fill_value=0)

    edited("no-filters-field", of_type("u2"), filters="missing", compressor="missing")
    edited("fill-quoted", of_type("u2"), fill_value="0")
    edited("fill-quoted-seven", of_type("i4"), fill_value="-7")
    edited("fill-false", of_type("u2"), fill_value=False)
    edited("fill-true-number", of_type("u2"), fill_value=True)
    edited("fill-float-false", of_type("f4"), fill_value=False)
    edited("fill-float-quoted", of_type("f4"), fill_value="1.5")
    edited("fill-float-nan", of_type("f8"), fill_value="nan")
    edited("fill-bool-number", of_type("bool"), fill_value=1)


def v2_types(arrays: Arrays):
    blosc = numcodecs.Blosc("lz4")
    for name in TYPES:
        values = of_type(name)
        content = values.dtype.name
        for order in ["<", ">"]:
            dtype = values.dtype.newbyteorder(order)
            if order == ">" and values.itemsize == 1:
                continue
            word = "little" if order == "<" else "big"
            suffix = "" if values.itemsize == 1 else "-" + word
            options = dict(dtype=dtype, content=content)
            arrays.add(2, f"{content}{suffix}", values, (3, 4, 7), compressors=blosc, **options)
            arrays.add(2, f"{content}{suffix}-none", values, (5, 6, 7), compressors=None, **options)


def v2_layouts(arrays: Arrays):
    zstd = numcodecs.Zstd(level=1)
    for order in "CF":
        for separator, word in [("/", "slash"), (".", "dot")]:
            name = f"order-{order}-{word}"
            options = dict(order=order, separator=separator, compressors=zstd, content="volume")
            arrays.add(2, name, volume(), (2, 4, 3), **options)
    big_endian = dict(dtype=">u2", order="F", compressors=None, content="volume")
    arrays.add(2, "order-F-big-none", volume(), (2, 4, 3), **big_endian)
    arrays.add(2, "five-axes", five_axes(), (1, 1, 2, 5, 6), compressors=zstd, content="five-axes")
    arrays.add(2, "one-axis", image()[3], (40,), compressors=zstd)
    arrays.add(2, "chunk-larger-than-array", volume(), (8, 9, 10), compressors=zstd, content="volume")

    def drop_separator(metadata):
        del metadata["dimension_separator"]

    arrays.add(2, "no-separator-field", volume(), (2, 4, 3), compressors=zstd, separator=".",
               edit=drop_separator, content="volume")
    empty = np.zeros((4, 0), "<f4")
    arrays.add(2, "no-columns", empty, (4, 1), compressors=zstd, content="no-columns")


FILLS = [
    ("zero", "u2", 0),
    ("seven", "u2", 7),
    ("negative", "i2", -5),
    ("uint64-max", "u8", 2**64 - 1),
    ("int64-min", "i8", -(2**63)),
    ("true", "bool", True),
    ("nan", "f4", np.nan),
    ("nan64", "f8", np.nan),
    ("infinity", "f4", np.inf),
    ("minus-infinity", "f8", -np.inf),
    ("fraction", "f8", 0.1),
    ("half", "f2", 0.5),
]


def fills(arrays: Arrays, version: int):
    missing = [(0, 1, 0), (1, 0, 1)]
    codec = numcodecs.Zstd(level=1) if version == 2 else ZstdCodec(level=1)
    for word, name, fill in FILLS:
        options = dict(missing=missing, compressors=codec, fill_value=fill)
        arrays.add(version, f"fill-{word}", of_type(name), (3, 4, 4), **options)
    if version == 2:
        arrays.add(2, "fill-null", of_type("u2"), (3, 4, 4), missing=missing, compressors=codec,
                   fill_value=None)
    everything = [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)]
    arrays.add(version, "fill-everywhere", of_type("u2"), (3, 4, 4), missing=everything,
               compressors=codec, fill_value=513)
    arrays.add(version, "fill-written", np.full((5, 6), 9, "<u2"), (5, 4), write_empty_chunks=True,
               compressors=codec, fill_value=9)


def v3_codecs(arrays: Arrays):
    def add(name, codecs, values=image(), content="image", **options):
        arrays.add(3, name, values, (48, 64), compressors=codecs, content=content, **options)

    for cname in BLOSC_NAMES:
        for word in BLOSC_SHUFFLES.values():
            add(f"blosc-{cname}-{word}", BloscCodec(cname=cname, clevel=5, shuffle=word))
    add("blosc-lz4-blocks", BloscCodec(cname="lz4", shuffle="shuffle", blocksize=1280))
    add("blosc-lz4-labels", BloscCodec(cname="lz4", shuffle="shuffle"), labels(), "labels")
    add("zstd", ZstdCodec(level=0))
    add("zstd-checksum", ZstdCodec(level=5, checksum=True))
    add("zstd-noise", ZstdCodec(level=0), noise(), "noise")
    add("gzip", GzipCodec(level=6))
    add("crc32c", [Crc32cCodec()])
    add("gzip-crc32c", [GzipCodec(level=1), Crc32cCodec()])
    add("none", None)


    add("transpose", ZstdCodec(level=0), filters=[TransposeCodec(order=(1, 0))])
    add("transpose-twice", None, filters=[TransposeCodec(order=(1, 0)), TransposeCodec(order=(1, 0))])
    for order in [(2, 1, 0), (1, 2, 0), (2, 0, 1), (0, 2, 1)]:
        name = "transpose-" + "".join(map(str, order))
        arrays.add(3, name, volume(), (2, 4, 3), compressors=None, content="volume",
                   filters=[TransposeCodec(order=order)])


def v3_numcodecs(arrays: Arrays):
    def add(name, codecs, values=image(), content="image", chunks=(48, 64), **options):
        arrays.add(3, f"numcodecs-{name}", values, chunks, compressors=codecs, content=content, **options)

    n = zarr_numcodecs
    add("zlib", n.Zlib(level=3))
    add("lz4", n.LZ4(acceleration=1))
    add("bz2", n.BZ2(level=1))
    add("gzip", n.GZip(level=1))
    add("zstd", n.Zstd(level=1))
    add("blosc", n.Blosc(cname="zstd", clevel=3, shuffle=2))
    add("blosc-defaults", n.Blosc())
    add("lzma", n.LZMA(preset=1))
    add("shuffle", [n.Shuffle(elementsize=2), n.Zlib(level=1)])
    add("shuffle-default", [n.Shuffle(), n.Zlib(level=1)])
    add("delta", ZstdCodec(), filters=[n.Delta(dtype="<u2")])
    add("delta-wider", ZstdCodec(), filters=[n.Delta(dtype="uint16", astype="int32")])
    add("astype", ZstdCodec(), filters=[n.AsType(encode_dtype="<i4", decode_dtype="<u2")])
    add("scaleoffset", ZstdCodec(), ramp("<f4"), "scaleoffset-f4-u2", (3, 4, 7), lossy=True,
        filters=[n.FixedScaleOffset(offset=900.5, scale=10, dtype="<f4", astype="<u2")])
    add("packbits", ZstdCodec(), of_type("bool"), "bool", (3, 5, 7), filters=[n.PackBits()])
    sharded = ShardingCodec(chunk_shape=(16, 32), codecs=[BytesCodec(), n.Zlib(level=1)])
    arrays.add(3, "numcodecs-sharded", image(), (48, 64), serializer=sharded, compressors=None, content="image")


def v3_lenient(arrays: Arrays):
    def edited(name, values, edit):
        arrays.add(3, name, values, (3, 4, 4), missing=[(0, 1, 0)], compressors=None, edit=edit, fill_value=0)

    edited("fill-quoted", of_type("u2"), lambda metadata: metadata.update(fill_value="0"))
    edited("fill-false", of_type("u2"), lambda metadata: metadata.update(fill_value=False))
    edited("fill-bool-number", of_type("bool"), lambda metadata: metadata.update(fill_value=1))
    edited("attributes-null", of_type("u2"), lambda metadata: metadata.update(attributes=None))


def v3_types(arrays: Arrays):
    for name in TYPES:
        values = of_type(name)
        content = values.dtype.name
        for endian in ["little", "big"]:
            if endian == "big" and values.itemsize == 1:
                continue
            suffix = "" if values.itemsize == 1 else "-" + endian
            options = dict(serializer=BytesCodec(endian=endian), content=content)
            arrays.add(3, f"{content}{suffix}", values, (3, 4, 7), compressors=BloscCodec(cname="lz4"),
                       **options)


def v3_layouts(arrays: Arrays):
    zstd = ZstdCodec(level=0)
    for encoding in ["default", "v2"]:
        for separator, word in [("/", "slash"), (".", "dot")]:
            arrays.add(3, f"keys-{encoding}-{word}", volume(), (2, 4, 3), encoding=encoding,
                       separator=separator, compressors=zstd, content="volume")
    arrays.add(3, "five-axes", five_axes(), (1, 1, 2, 5, 6), compressors=zstd, content="five-axes",
               dimension_names=["t", "c", "z", "y", "x"])
    arrays.add(3, "one-axis", image()[3], (40,), compressors=zstd)
    arrays.add(3, "no-columns", np.zeros((4, 0), "<f4"), (4, 1), compressors=zstd)

    def hex_fill(metadata):
        metadata["fill_value"] = "0x7fc00000"

    arrays.add(3, "fill-hex", of_type("f4"), (3, 4, 4), missing=[(0, 0, 0)], compressors=zstd,
               fill_value=np.nan, edit=hex_fill)

    def optional_extension(metadata):
        metadata["vendor:note"] = {"name": "vendor:note", "must_understand": False}

    arrays.add(3, "optional-extension", volume(), (2, 4, 3), compressors=zstd, edit=optional_extension,
               content="volume")


def v3_sharded(arrays: Arrays):
    def sharded(name, inner, *, index=(BytesCodec(), Crc32cCodec()), location="end", values=image(),
                chunk=(16, 32), shard=(48, 64), content="image", **options):
        codec = ShardingCodec(chunk_shape=chunk, codecs=inner, index_codecs=index,
                              index_location=location)
        arrays.add(3, f"sharded-{name}", values, shard, serializer=codec, compressors=None,
                   content=content, **options)

    little = BytesCodec(endian="little")
    sharded("zstd", [little, ZstdCodec(level=0)])
    sharded("zstd-index-start", [little, ZstdCodec(level=0)], location="start")
    sharded("none", [little])
    sharded("big", [BytesCodec(endian="big"), GzipCodec(level=5)])
    sharded("blosc", [little, BloscCodec(typesize=2, cname="lz4", shuffle="shuffle")])
    sharded("blosc-labels", [little, BloscCodec(typesize=4, cname="zstd", shuffle="bitshuffle")],
            values=labels(), content="labels")
    sharded("crc32c", [little, Crc32cCodec()])
    sharded("zstd-crc32c", [little, ZstdCodec(level=0), Crc32cCodec()], location="start")
    sharded("transpose", [TransposeCodec(order=(1, 0)), little, ZstdCodec(level=0)])
    sharded("index-plain", [little, ZstdCodec(level=0)], index=(BytesCodec(),))
    sharded("index-big", [little, ZstdCodec(level=0)], index=(BytesCodec(endian="big"), Crc32cCodec()))
    sharded("volume", [little, ZstdCodec(level=0)], values=volume(), chunk=(1, 2, 4), shard=(4, 4, 8),
            content="volume")
    for location in ["start", "end"]:
        sharded(f"missing-{location}", [little, ZstdCodec(level=0)], location=location,
                missing=[(0, 1), (1, 0)], fill_value=77, content="sharded-missing")
    holes = image()
    holes[0:16, 32:64] = 0
    holes[50:70, 0:40] = 0
    sharded("empty-inner-chunks", [little, ZstdCodec(level=0)], values=holes,
            content="sharded-empty-inner-chunks")


def make(root: Path):
    root.mkdir(parents=True)
    arrays = Arrays(root)
    warnings.filterwarnings("ignore", message="Numcodecs codecs are not in the Zarr version 3")
    v2_codecs(arrays)
    v2_filters(arrays)
    v2_lenient(arrays)
    v2_types(arrays)
    v2_layouts(arrays)
    fills(arrays, 2)
    v3_codecs(arrays)
    v3_numcodecs(arrays)
    v3_lenient(arrays)
    v3_types(arrays)
    v3_layouts(arrays)
    fills(arrays, 3)
    v3_sharded(arrays)
    arrays.finish()
