// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ngffspark.SourceProject;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.golden.Folders;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;

/** The Java of README and docs/masked-images.md is compiled and run as it stands there. */
class GuideTest {
  private static final String LOCATION = "plate.zarr/B/03/0";
  private static final String ID = "1009";
  private static final List<String> IMPORTS =
      List.of(
          "net.imglib2.RandomAccessibleInterval",
          "net.imglib2.loops.LoopBuilder",
          "net.imglib2.type.numeric.integer.UnsignedShortType",
          "net.imglib2.view.Views",
          "org.ngffspark.image.*");

  @TempDir Path folder;
  private Path image;
  private long id;
  private Masked before;

  @BeforeEach
  void writeImage() throws IOException {
    image = folder.resolve(LOCATION);
    Files.createDirectories(image);
    SampleImage.write(
        StorePath.root(LocalStore.at(image)),
        SampleLayout.small(NgffVersion.V0_4),
        new CellParameters(3, 220, 260, 12, 220, 260));
    Masked masked = masked(image);
    assertThat(masked.rois().size()).isGreaterThan(4);
    id = masked.rois().label(2);
    Path copy = folder.resolve("before.zarr");
    Folders.copy(image, copy);
    before = masked(copy);
  }

  private static Masked masked(Path path) {
    return Container.open(path.toString()).maskedImage(SampleImage.NUCLEI);
  }

  private void run(String page) throws Exception {
    StringBuilder source = new StringBuilder();
    IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
    source.append("public class Page {\n  public static void run() throws Exception {\n");
    Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of(page)))
        .results()
        .forEach(block -> source.append(block.group(1)));
    source.append("  }\n}\n");
    String code =
        source.toString().replace('"' + LOCATION, '"' + image.toString()).replace(ID, id + "");
    assertThat(code).contains(image.toString(), "(" + id);
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(sources.resolve("Page.java"), code);
    Path classes = new SourceProject(folder).compile("sources", folder.resolve("classes"));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      loader.loadClass("Page").getMethod("run").invoke(null);
    }
  }

  /** Changes the first channel of objects of the copy, one by one. */
  private void change(DoubleUnaryOperator change, long... ids) {
    Masked first = before.channels(0);
    for (long each : ids) {
      Patch patch = first.getRoi(each);
      patch.update(change);
      first.setRoiMasked(each, patch);
    }
  }

  private void assertSameLevels() {
    Container expected = Container.open(folder.resolve("before.zarr").toString());
    for (int level = 0; level < expected.levels(); level++) {
      assertThat(Container.open(image.toString()).image(level).read().pixels().bytes())
          .as("level %d", level)
          .isEqualTo(expected.image(level).read().pixels().bytes());
    }
  }

  @Test
  void theExampleOfTheReadmeHalvesOneObject() throws Exception {
    run("README.md");
    change(x -> x / 2, id);
    before.consolidate();
    assertSameLevels();
  }

  @Test
  void theExamplesOfTheGuideHalveAllObjectsAndTakeTheRootOfOne() throws Exception {
    run("docs/masked-images.md");
    change(x -> x / 2, before.rois().labels());
    before.consolidate();
    change(Math::sqrt, id);
    assertSameLevels();
  }
}
