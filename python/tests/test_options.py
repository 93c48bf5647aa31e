# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest
from ngff_spark import _options


def test_options_are_written_as_the_command_takes_them():
    options = {
        "label": "nuclei",
        "in_place": True,
        "overwrite": False,
        "zoom": 1.5,
        "channel": ["DAPI", 1],
        "to": Path("/a b/ü"),
        "suffix": None,
    }
    assert _options.command_line("crops", Path("plate.zarr"), options) == [
        "crops",
        "--label=nuclei",
        "--in-place",
        "--zoom=1.5",
        "--channel=DAPI",
        "--channel=1",
        "--to=/a b/ü",
        "plate.zarr",
    ]


def test_several_inputs_follow_the_options():
    assert _options.command_line("rois", ["a.zarr", Path("b.zarr")], {}) == ["rois", "a.zarr", "b.zarr"]
    assert _options.command_line("rois", (), {}) == ["rois"]


def test_parameters_are_assignments():
    values = {"sigma": 1.5, "deep": True, "sizes": [3, 5], "none": None, "name": "a,b", "empty": []}
    assert _options.parameters(values) == ["sigma=1.5", "deep=true", "sizes=3,5", "name=a,b", "empty="]
    assert _options.parameters(None) == []


def test_ids_are_numbers_or_a_text():
    assert _options.ids(None) is None
    assert _options.ids(7) == "7"
    assert _options.ids("5,9,100-200") == "5,9,100-200"
    assert _options.ids(range(3, 6)) == "3,4,5"
    with pytest.raises(ValueError, match="ids is empty"):
        _options.ids([])
