// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.demo.SamplePlate;
import org.ngffspark.image.Container;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StoreException;
import org.ngffspark.zarr.store.StorePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the program does, on a plate that it makes itself. */
@Command(
    name = "demo",
    description = {
      "Makes a small plate (2 wells, 3 channels, 2 label images), inspects and transforms it, cuts"
          + " out its objects, checks the result against the input, and leaves pictures.",
      "The same every time."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./submit.sh demo", "  ./submit.sh demo /tmp/demo"})
final class DemoCommand implements Callable<Integer> {
  private static final String MARKER = ".ngff-spark-demo";
  private static final List<String> WELLS = List.of("B/03", "C/05");
  private static final CellParameters CELLS = new CellParameters(20, 900, 1200, 260, 900, 1200);
  private static final String SUFFIX = "Even";

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "ngff-spark-demo",
      description = "Where to put it. Default: ${DEFAULT-VALUE}.")
  Path folder;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    prepare();
    Path plate = folder.resolve("plate.zarr");
    long nuclei =
        SamplePlate.write(
            StorePath.root(LocalStore.at(plate)),
            SampleLayout.small(NgffVersion.V0_4),
            WELLS,
            1,
            CELLS);
    out.printf("Made %s: %d wells, %d nuclei%n", plate, WELLS.size(), nuclei);
    for (List<String> command : commands(plate)) {
      out.printf("%n$ %s %s%n", Main.program(), String.join(" ", command));
      int code = Main.run(command, out, spec.commandLine().getErr());
      if (code != ExitCode.DONE.code()) {
        return code;
      }
    }
    out.println();
    for (String well : WELLS) {
      check(plate, well, out);
    }
    return ExitCode.DONE.code();
  }

  private List<List<String>> commands(Path plate) {
    String input = plate.toString();
    return List.of(
        List.of("inspect", input),
        List.of(
            "transform",
            input,
            "--label",
            SampleImage.NUCLEI,
            "--channel",
            "DAPI",
            "--transform",
            DemoCheck.TRANSFORM,
            "--param",
            "max=" + DemoCheck.MAX,
            "--suffix",
            SUFFIX,
            "--manifest",
            folder.resolve("run.jsonl").toString(),
            "--report",
            folder.resolve("report").toString()),
        List.of(
            "crops",
            input,
            "--label",
            SampleImage.NUCLEI,
            "--image",
            "0",
            "--ids",
            "1-12",
            "--zoom",
            "1.5",
            "--format",
            "png",
            "--composite",
            "--outline",
            "--sheet",
            "--to",
            folder.resolve("crops").toString()));
  }

  private void check(Path plate, String well, PrintWriter out) {
    Container before = Container.open(plate.resolve(well).resolve("0").toString());
    Container after = Container.open(plate.resolve(well).resolve("0" + SUFFIX).toString());
    long objects = new DemoCheck(before, after).run();
    String name = well.replace('/', '_');
    Path first = DemoPicture.write(before.image(), folder.resolve(name + "_before.png"));
    Path second = DemoPicture.write(after.image(), folder.resolve(name + "_after.png"));
    out.printf(
        "%s: all %d nuclei are as one by one, everything else is as it was; pictures %s, %s%n",
        well, objects, first, second);
  }

  /**
   * @throws IllegalArgumentException if something else lies there
   */
  private void prepare() {
    try {
      if (Files.exists(folder.resolve(MARKER))) {
        clear();
      }
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new IllegalArgumentException(
              folder + " is not empty and was not made by demo; choose another folder");
        }
      }
      Files.createFile(folder.resolve(MARKER));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "Cannot write " + folder + ": " + StoreException.reason(failure), failure);
    }
  }

  /** Removes what an earlier demo has made, and nothing else. */
  private void clear() throws IOException {
    LocalStore made = LocalStore.at(folder);
    List.of("plate.zarr", "crops", "report").forEach(made::deleteTree);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.getFileName()
            .toString()
            .matches("\\w+_(before|after)\\.png|run\\.jsonl|" + MARKER)) {
          Files.delete(file);
        }
      }
    }
  }
}
