// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.interop;

import java.io.IOException;
import java.nio.file.Path;
import org.ngffspark.crops.WrittenTiffs;

/**
 * Writes with our code what {@code src/test/python/check_interop.py} then opens with zarr-python,
 * ngio, anndata and tifffile. The only argument is the folder to write to.
 */
public final class WriteInterop {
  private WriteInterop() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    System.out.println(WrittenArrays.create(folder.resolve("arrays")) + " arrays written");
    System.out.println(WrittenArrays.update(folder.resolve("updates")) + " arrays updated");
    System.out.println(
        WrittenContainers.create(folder.resolve("containers")) + " containers written");
    System.out.println(
        WrittenVersions.create(folder.resolve("versions")) + " versions of images written");
    System.out.println(WrittenTables.create(folder.resolve("tables")) + " tables written again");
    System.out.println(WrittenTiffs.create(folder.resolve("crops")) + " hyperstacks written");
    System.out.println(
        WrittenPlates.create(folder.resolve("plates")) + " nuclei on plates written");
  }
}
