# SPDX-License-Identifier: Apache-2.0
"""Objects as a data frame: counts by well, a feature of patches by mapInPandas, written back as a table.

    spark-submit --jars ngff-spark.jar objects.py PLATE LABEL
"""

import sys

import numpy as np
import pandas as pd
from pyspark.sql import SparkSession


def contrast(batches):
    """Standard deviation over mean of the pixels inside each object."""
    for batch in batches:
        values = []
        for row in batch.itertuples():
            patch = np.frombuffer(row.patch, row.patch_dtype).reshape(row.patch_shape)
            inside = patch[np.frombuffer(row.mask, bool).reshape(row.patch_shape)]
            values.append(inside.std() / inside.mean())
        yield pd.DataFrame(
            {"well": batch["well"], "image": batch["image"], "label": batch["label"], "contrast": values}
        )


def main():
    plate, label = sys.argv[1:]
    spark = SparkSession.builder.getOrCreate()
    objects = spark.read.format("ngff").option("label", label).option("channels", "0").load(plate)
    counts = objects.groupBy("well").count().orderBy("well").collect()
    print({row["well"]: row["count"] for row in counts})

    pixels = objects.select("well", "image", "label", "patch", "mask", "patch_shape", "patch_dtype")
    measured = pixels.mapInPandas(contrast, "well string, image string, label long, contrast double")
    written = measured.write.format("ngff").option("label", label).option("table", "contrast")
    written.mode("append").save(plate)

    tables = spark.read.format("ngff").option("label", label).option("tables", "contrast").load(plate)
    missing = tables.where("contrast is null").count()
    print(f"{tables.count()} objects, {missing} without contrast")
    if missing:
        sys.exit("some objects have no contrast")


if __name__ == "__main__":
    main()
