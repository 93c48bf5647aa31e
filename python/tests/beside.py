# SPDX-License-Identifier: Apache-2.0
"""A module beside a script, which is not installed."""


def double(patch):
    return patch * two()


def two():
    return 2
