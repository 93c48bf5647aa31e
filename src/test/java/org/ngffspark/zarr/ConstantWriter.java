// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import java.nio.file.Path;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.nd.NdArray;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** A process that fills an array with one value, again and again. */
final class ConstantWriter {
  private ConstantWriter() {}

  /** Arguments: the array's directory, the value, how often. */
  public static void main(String[] arguments) {
    ZarrArray array = ZarrArray.open(StorePath.root(LocalStore.at(Path.of(arguments[0]))));
    NdArray patch = NdArray.zeros(array.type(), array.shape());
    patch.fill(Long.parseLong(arguments[1]));
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      array.write(Box.whole(array.shape()), patch);
    }
  }
}
