// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.ngffspark.golden.Folders;
import org.ngffspark.golden.Golden;
import org.ngffspark.golden.NpyFile;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** The golden arrays again: created and written by us, or changed by us in place. */
final class WrittenArrays {
  private WrittenArrays() {}

  /** Arrays of the same metadata and content as the golden ones. */
  static int create(Path folder) {
    int count = 0;
    for (JsonNode entry : Golden.json("arrays/index.json")) {
      if (entry.has("refused")) {
        continue;
      }
      String name = entry.get("array").asText();
      NdArray content = NpyFile.read(Golden.path("arrays/" + entry.get("expected").asText()));
      ZarrArray golden = open(Golden.path("arrays/" + name));
      ZarrArray array = ZarrArray.create(root(folder.resolve(name)), golden.metadata());
      if (entry.has("rewritten")) {
        // Such filters do not hold the fill value of what is not written yet.
        array.write(Box.whole(content.shape()), content);
      } else if (content.shape().elements() > 0) {
        writeInTwo(array, content);
      }
      count++;
    }
    return count;
  }

  /** Two parts that meet inside a chunk, so that the second reads what the first wrote. */
  private static void writeInTwo(ZarrArray array, NdArray content) {
    Box whole = Box.whole(content.shape());
    int last = content.shape().rank() - 1;
    long cut = (content.shape().get(last) + 1) / 2;
    Box left = whole.with(last, 0, cut);
    Box right = whole.with(last, cut, content.shape().get(last));
    array.write(left, content.cut(left));
    if (!right.isEmpty()) {
      array.write(right, content.cut(right));
    }
  }

  /** Copies of the golden arrays in which the elements of one box have all their bits inverted. */
  static int update(Path folder) throws IOException {
    int count = 0;
    for (JsonNode entry : Golden.json("arrays/index.json")) {
      String name = entry.get("array").asText();
      Path copy = folder.resolve(name);
      Folders.copy(Golden.path("arrays/" + name), copy);
      ZarrArray array = open(copy);
      if (array.shape().elements() > 0 && !entry.has("rewritten") && !entry.has("refused")) {
        Box box = updated(array.shape());
        array.write(box, inverted(array.read(box)));
        count++;
      }
    }
    return count;
  }

  /** As in the Python script: from a seventh of each axis to a half, rounded up. */
  private static Box updated(Shape shape) {
    Box box = Box.whole(shape);
    for (int axis = 0; axis < shape.rank(); axis++) {
      box = box.with(axis, shape.get(axis) / 7, (shape.get(axis) + 1) / 2);
    }
    return box;
  }

  private static NdArray inverted(NdArray elements) {
    int mask = elements.type() == DataType.BOOL ? 1 : 0xff;
    for (int i = 0; i < elements.bytes().length; i++) {
      elements.bytes()[i] ^= (byte) mask;
    }
    return elements;
  }

  private static ZarrArray open(Path folder) {
    return ZarrArray.open(root(folder));
  }

  private static StorePath root(Path folder) {
    return StorePath.root(LocalStore.at(folder));
  }
}
