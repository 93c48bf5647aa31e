# SPDX-License-Identifier: Apache-2.0
import os
import sys

os.write(1, ("ngff-spark-worker %d.%d.%d\n" % sys.version_info[:3]).encode("ascii"))


def take(count):
    data = b""
    while len(data) < count:
        more = os.read(0, count - len(data))
        if not more:
            sys.exit(0)
        data += more
    return data


exec(compile(take(int(take(10))), "<ngff-spark>/loader.py", "exec"))
