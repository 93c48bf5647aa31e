// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateMetadata;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * A plate of many wells with one image of {@code uint16[2, 1, 96, 96]}, five nuclei and two levels
 * each: what a run takes for it is what an image costs besides its pixels.
 */
public final class TinyPlate {
  private static final int COLUMNS = 40;
  private static final NgffVersion VERSION = NgffVersion.V0_4;
  private static final CellParameters CELLS = new CellParameters(1, 96, 96, 5, 96, 96);

  private TinyPlate() {}

  /**
   * Makes a plate where nothing lies yet.
   *
   * @param arguments folder of the plate, number of wells
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    List<String> wells = wells(Integer.parseInt(arguments[1]));
    Path first = folder.resolve(wells.get(0)).resolve("0");
    SampleLayout layout = new SampleLayout(VERSION, 2, 2, Shape.of(48, 48), Optional.empty());
    SampleImage.write(StorePath.root(LocalStore.at(first)), layout, CELLS);
    StorePath plate = StorePath.root(LocalStore.at(folder));
    Plate.create(
        plate,
        VERSION,
        new PlateMetadata(
            Optional.of("tiny"),
            wells.stream().map(well -> well.substring(0, 1)).distinct().toList(),
            wells.stream().map(well -> well.substring(2)).distinct().toList(),
            wells,
            List.of()));
    for (String well : wells) {
      Well.create(plate.child(well), VERSION, List.of(new WellImage("0", OptionalInt.empty())));
      Path image = folder.resolve(well).resolve("0");
      if (!Files.exists(image)) {
        Folders.copy(first, image);
      }
    }
  }

  private static List<String> wells(int count) {
    List<String> wells = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      char row = (char) ('A' + index / COLUMNS);
      wells.add("%c/%02d".formatted(row, index % COLUMNS + 1));
    }
    return wells;
  }
}
