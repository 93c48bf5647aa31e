// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.demo.SamplePlate;
import org.ngffspark.golden.Folders;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.Store;
import org.ngffspark.zarr.store.StorePath;

/** Small plates of sample images in a folder. */
public final class TestPlate {
  private TestPlate() {}

  /** Drawn once for each version, since drawing takes its time. */
  private static final class Drawn {
    static final Path V04 = draw(NgffVersion.V0_4);
    static final Path V05 = draw(NgffVersion.V0_5);
  }

  /** Wells B/03 and C/05 with two images of 128 x 160 pixels each, two channels, three levels. */
  public static Path write(Path folder, NgffVersion version) {
    try {
      Folders.copy(version == NgffVersion.V0_4 ? Drawn.V04 : Drawn.V05, folder);
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path draw(NgffVersion version) {
    // Tests run in several processes at once: each draws its own.
    String process = Long.toString(ProcessHandle.current().pid());
    Path folder = Path.of("target", "test-plates", process, version.text()).toAbsolutePath();
    Store store = LocalStore.at(folder);
    store.deleteTree("");
    SampleLayout layout = new SampleLayout(version, 2, 3, Shape.of(64, 64), Optional.empty());
    SamplePlate.write(
        StorePath.root(store),
        layout,
        List.of("B/03", "C/05"),
        2,
        new CellParameters(7, 128, 160, 12, 128, 160));
    return folder;
  }
}
