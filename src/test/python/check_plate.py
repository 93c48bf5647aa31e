#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens plates with ngio: wells, images, labels, tables, masked reads, and the pyramids' rule.

    check_plate.py PLATE…
"""

import sys
import warnings
from pathlib import Path

import numpy as np
from ngio import open_ome_zarr_plate
from ngio.common._zoom import numpy_zoom


def check_pyramid(what: str, node, paths: list[str], order: str):
    level = node(paths[0]).get_array()
    for path in paths[1:]:
        found = node(path).get_array()
        expected = numpy_zoom(level, target_shape=found.shape, order=order)
        np.testing.assert_array_equal(found, expected, err_msg=f"{what} level {path}")
        level = found


def check_objects(what: str, container) -> int:
    label = container.get_label("nuclei")
    computed = {roi.label: roi for roi in label.build_masking_roi_table().rois()}
    masked = container.get_masked_image("nuclei")
    table = {roi.label: roi for roi in masked._masking_roi_table.rois()}
    assert table.keys() == computed.keys(), f"{what}: the table has other objects than the label"
    ids = label.get_array()
    # Camera counts are never 0: what is read masked is the whole object. A transform may make zeros.
    exact = container.get_image().get_array(channel_selection=[0]).min() > 0
    for number in table:
        inside = masked.get_roi_masked(label=number, channel_selection=[0])
        pixels, expected = np.count_nonzero(inside), np.count_nonzero(ids == number)
        assert pixels == expected if exact else pixels <= expected, f"{what} object {number}"
    return len(table)


def check(path: Path):
    plate = open_ome_zarr_plate(path)
    images = plate.get_images()
    assert images and len(plate.wells_paths()) > 1
    objects = 0
    for name, container in images.items():
        what = f"{path.name}/{name}"
        levels = container.level_paths
        check_pyramid(what, lambda level: container.get_image(path=level), levels, "linear")
        labels = container.list_labels()
        for label in labels:
            check_pyramid(f"{what} {label}", lambda level, label=label: container.get_label(
                label, path=level), levels, "nearest")
        for table in container.list_tables():
            assert len(container.get_table(table).dataframe) > 0, f"{what} table {table}"
        if "nuclei" in labels:
            objects += check_objects(what, container)
    assert objects > 0
    print(f"{path.name}: {len(images)} images, {objects} objects; ngio reads them as they should be")


def main() -> int:
    warnings.simplefilter("ignore")
    for argument in sys.argv[1:]:
        check(Path(argument))
    return 0


if __name__ == "__main__":
    sys.exit(main())
