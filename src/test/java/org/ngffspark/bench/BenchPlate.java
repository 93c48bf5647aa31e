// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.ngff.Acquisition;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateMetadata;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/**
 * The benchmark plate: images {@code uint16[3, 1, 4320, 5120]} of about 3,000 nuclei, five levels.
 * Two are drawn, the others are copies of those. What is there already is not made again.
 */
public final class BenchPlate {
  /** How the images are stored. */
  public enum Layout {
    /** NGFF 0.4, chunks of 2160 x 2560, Blosc-lz4. */
    CHUNKED(NgffVersion.V0_4, Optional.empty()),
    /** NGFF 0.5, the same chunks, four to a shard, zstd. */
    SHARDED(NgffVersion.V0_5, Optional.of(Shape.of(4320, 5120)));

    private final NgffVersion version;
    private final Optional<Shape> shard;

    Layout(NgffVersion version, Optional<Shape> shard) {
      this.version = version;
      this.shard = shard;
    }

    SampleLayout sample() {
      return new SampleLayout(version, 3, 5, Shape.of(2160, 2560), shard);
    }

    String folder() {
      return "plate-" + version.text() + ".zarr";
    }
  }

  private static final int DRAWN = 2;
  private static final String WELL = "B/03";
  private static final CellParameters CELLS = new CellParameters(7, 4320, 5120, 3000, 2160, 2560);

  private final Path folder;
  private final Layout layout;

  private BenchPlate(Path folder, Layout layout) {
    this.folder = folder;
    this.layout = layout;
  }

  /**
   * Makes a plate with at least so many images.
   *
   * @param arguments folder of all plates, {@code CHUNKED} or {@code SHARDED}, number of images
   */
  public static void main(String[] arguments) {
    BenchPlate plate = in(Path.of(arguments[0]), Layout.valueOf(arguments[1]));
    plate.images(Integer.parseInt(arguments[2]));
    System.out.println(plate.path());
  }

  /**
   * @param folder of all plates
   */
  public static BenchPlate in(Path folder, Layout layout) {
    return new BenchPlate(folder, layout);
  }

  public Path path() {
    return folder.resolve(layout.folder());
  }

  /** The first images of the plate, which are made if they are not there. */
  public List<Path> images(int count) {
    Path well = path().resolve(WELL);
    List<Path> images = new ArrayList<>();
    boolean complete = Files.exists(path());
    for (int index = 0; index < count; index++) {
      Path image = well.resolve(Integer.toString(index));
      if (!Files.exists(image)) {
        complete = false;
        make(index, image);
      }
      images.add(image);
    }
    if (!complete) {
      writeMetadata(count);
    }
    return images;
  }

  private void make(int index, Path image) {
    Path unfinished = folder.resolve("unfinished-" + layout);
    Folders.delete(unfinished);
    if (index < DRAWN) {
      long seed = CELLS.seed() + index;
      SampleImage.write(
          StorePath.root(LocalStore.at(unfinished)),
          layout.sample(),
          new CellParameters(seed, 4320, 5120, 3000, 2160, 2560));
    } else {
      Folders.copy(image.resolveSibling(Integer.toString(index % DRAWN)), unfinished);
    }
    try {
      Files.createDirectories(image.getParent());
      Files.move(unfinished, image, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeMetadata(int count) {
    StorePath plate = StorePath.root(LocalStore.at(path()));
    Plate.create(
        plate,
        layout.version,
        new PlateMetadata(
            Optional.of("bench"),
            List.of("B"),
            List.of("03"),
            List.of(WELL),
            List.of(new Acquisition(0, Optional.of("bench")))));
    Well.create(
        plate.child(WELL),
        layout.version,
        Stream.iterate(0, index -> index + 1)
            .limit(count)
            .map(index -> new WellImage(index.toString(), OptionalInt.of(0)))
            .toList());
  }
}
