// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import org.ngffspark.zarr.nd.NdArray;

/** Files as {@code crops} writes them, for tests elsewhere. */
public final class TestFiles {
  private TestFiles() {}

  public static byte[] npy(NdArray array) {
    return NpyFormat.encode(array);
  }
}
