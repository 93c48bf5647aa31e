# SPDX-License-Identifier: Apache-2.0
"""A network that is loaded once in each process and takes many objects at once.

    ./submit.sh transform plate.zarr --label nuclei --channel DAPI --suffix Net \
        --transform examples/python/brighten.py:brighten --param model=/shared/model.npz

The network here is one layer of numpy, so that the example needs nothing else; a framework's is used alike.
"""

import functools

import numpy as np
from ngff_spark import masked_transform


@functools.lru_cache(maxsize=1)
def load(path):
    """The weights. What is kept here stays for the life of the process."""
    with np.load(path) as arrays:
        return arrays["weight"], arrays["bias"]


@masked_transform(batch=True)
def brighten(patch, mask, *, model: str):
    """Puts the pixels of each object through a network.

    Parameters
    ----------
    model : str
        File of the weights, which all machines see.
    """
    weight, bias = load(model)
    # Patches differ in size: all pixels of all objects are one batch.
    pixels = np.concatenate([one[inside] for one, inside in zip(patch, mask)]).astype(np.float32)
    changed = np.maximum(pixels * weight + bias, 0)
    ends = np.cumsum([inside.sum() for inside in mask])
    for one, inside, values in zip(patch, mask, np.split(changed, ends[:-1])):
        one[inside] = np.clip(np.rint(values), 0, np.iinfo(one.dtype).max)
