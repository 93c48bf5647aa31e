# SPDX-License-Identifier: Apache-2.0
"""The built-in transforms of images and some of label images, a second time, as users would write them in numpy."""

import numpy as np
from ngff_spark import masked_transform

WITHOUT_RING = "kept: no background pixel in the box"


def largest(dtype, given):
    """The value that stands for white."""
    if given is not None:
        return given
    return float(np.iinfo(dtype).max) if dtype.kind in "iu" else 1.0


def slabs(patch, axes):
    """Places of all time points and channels."""
    return np.ndindex(patch.shape[: sum(axis in "tc" for axis in axes)])


def planes(patch):
    """Places of all planes."""
    return np.ndindex(patch.shape[:-2])


@masked_transform(channelwise=True)
def fill(patch, *, value: float):
    """Sets every pixel."""
    return np.full(patch.shape, value)


@masked_transform(channelwise=True)
def affine(patch, *, scale: float = 1.0, offset: float = 0.0):
    """Multiplies, then adds."""
    return patch * np.float64(scale) + offset


@masked_transform(channelwise=True)
def gamma(patch, *, gamma: float, max: float | None = None):
    """Changes the brightness curve."""
    white = largest(patch.dtype, max)
    return white * np.power(np.clip(patch.astype(float), 0, white) / white, gamma)


@masked_transform(channelwise=True)
def clip(patch, *, min: float | None = None, max: float | None = None):
    """Keeps pixels within limits."""
    return np.clip(patch.astype(float), min, max)


@masked_transform(channelwise=True)
def invert(patch, *, max: float | None = None):
    """White becomes black."""
    return largest(patch.dtype, max) - patch.astype(float)


@masked_transform(channelwise=True)
def normalize(patch, mask, axes, *, low: float = 1.0, high: float = 99.0, max: float | None = None):
    """Stretches each object from two of its percentiles."""
    white = largest(patch.dtype, max)
    result = patch.astype(float)
    for slab in slabs(patch, axes):
        if not mask[slab].any():
            continue
        bottom, top = np.percentile(result[slab][mask[slab]], [low, high])
        if bottom == top:
            result[slab] = 0
        else:
            result[slab] = np.clip((result[slab] - bottom) / (top - bottom), 0, 1) * white
    return result


@masked_transform(channelwise=True)
def gaussian_blur(patch, mask, *, sigma: float):
    """Blurs each plane as if nothing lay around the object."""
    result = patch.astype(float)
    for plane in planes(patch):
        inside = mask[plane].astype(float)
        weights = smooth(inside, sigma)
        blurred = smooth(result[plane] * inside, sigma)
        result[plane] = np.divide(blurred, weights, out=result[plane], where=weights > 0)
    return result


def smooth(plane, sigma):
    """A plane convolved with a normal distribution that is cut at four sigma; 0 lies around the plane."""
    radius = int(4 * sigma + 0.5)
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in range(2):
        plane = np.apply_along_axis(lambda row: np.convolve(row, kernel)[radius : radius + row.size], axis, plane)
    return plane


@masked_transform(channelwise=True)
def median(patch, mask, *, size: int):
    """Median of the object's pixels in a window."""
    result = patch.astype(float)
    for plane in planes(patch):
        pixels = np.where(mask[plane], result[plane], np.nan)
        windows = np.lib.stride_tricks.sliding_window_view(
            np.pad(pixels, size // 2, constant_values=np.nan), (size, size)
        )
        inside = np.nonzero(mask[plane])
        if inside[0].size:
            result[plane][inside] = np.nanmedian(windows[inside].reshape(len(inside[0]), -1), axis=1)
    return result


@masked_transform(channelwise=True)
def subtract_background(patch, labels, mask, axes, notes, *, percentile: float = 50.0):
    """Takes a percentile of the ring from the object."""
    result = patch.astype(float)
    for slab, background in backgrounds(patch, labels, mask, axes, notes, percentile):
        result[slab] -= background
        if patch.dtype.kind != "f":
            result[slab] = np.maximum(result[slab], 0)
    return result


@masked_transform(channelwise=True)
def erase(patch, labels, mask, axes, notes, *, percentile: float = 50.0):
    """Puts a percentile of the ring in place of the object."""
    result = patch.astype(float)
    for slab, background in backgrounds(patch, labels, mask, axes, notes, percentile):
        result[slab] = background
    return result


def backgrounds(patch, labels, mask, axes, notes, percentile):
    """A percentile of the pixels around the object, for each time point and channel that has both."""
    ring = np.broadcast_to(over_channels(labels, patch, axes) == 0, patch.shape)
    for slab in slabs(patch, axes):
        if not mask[slab].any():
            continue
        if not ring[slab].any():
            notes.append(WITHOUT_RING)
            continue
        yield slab, np.percentile(patch[slab][ring[slab]].astype(float), percentile)


def over_channels(labels, patch, axes):
    """Labels, which have no channels, along the axes of a patch that may have some."""
    return np.expand_dims(labels, axes.index("c")) if labels.ndim < patch.ndim and "c" in axes else labels


@masked_transform(channelwise=True, target="labels")
def relabel(patch, *, to: int):
    """Gives every id inside the object another one."""
    return np.where(patch != 0, to, 0)


@masked_transform(channelwise=True, target="labels")
def clear(patch):
    """Removes all ids inside the object."""
    patch[:] = 0
