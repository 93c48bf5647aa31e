// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.ngffspark.golden.GoldenZip;
import org.ngffspark.zarr.Json;
import org.ngffspark.zarr.ZarrArray;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** Copies the golden data sets of N5 through our writer, for the programs that made them. */
public final class WriteN5 {
  private WriteN5() {}

  /** Arguments: the folder to write to. */
  public static void main(String[] arguments) {
    StorePath golden = StorePath.root(GoldenZip.open("n5"));
    StorePath target = StorePath.root(LocalStore.at(Path.of(arguments[0])));
    JsonNode index = Json.read(golden.child("index.json")).orElseThrow();
    for (JsonNode entry : index.get("arrays")) {
      String name = entry.get("array").textValue();
      ZarrArray array = ZarrArray.open(golden.child(name));
      Box whole = Box.whole(array.shape());
      ZarrArray.create(target.child(name), array.metadata(), array.attributes())
          .write(whole, array.read(whole));
      String expected = entry.get("expected").textValue();
      target.store().write(expected, golden.store().read(expected).orElseThrow());
    }
    Json.write(target.child("index.json"), index);
  }
}
