// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ngffspark.demo.CellParameters;
import org.ngffspark.demo.SampleImage;
import org.ngffspark.demo.SampleLayout;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.zarr.nd.Shape;
import org.ngffspark.zarr.store.LocalStore;
import org.ngffspark.zarr.store.StorePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs the usual commands on tiny images, so that the JVM sees the classes they need: submit.sh
 * makes its class-data archive of them.
 */
@Command(name = "warm-up", hidden = true, description = "Loads the classes of the usual commands.")
final class WarmUpCommand implements Callable<Integer> {
  private static final CellParameters CELLS = new CellParameters(1, 96, 96, 5, 96, 96);

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("ngff-spark-warm-up");
    LocalStore store = LocalStore.at(folder);
    try {
      int worst = ExitCode.DONE.code();
      String shown = "";
      for (NgffVersion version : NgffVersion.values()) {
        SampleLayout layout = new SampleLayout(version, 2, 2, Shape.of(48, 48), Optional.empty());
        String name = "image-" + version.text() + ".zarr";
        SampleImage.write(StorePath.root(store).child(name), layout, CELLS);
        String image = folder.resolve(name).toString();
        worst = Math.max(worst, run(List.of("inspect", image)));
        worst = Math.max(worst, run(List.of("inspect", "--json", image)));
        worst = Math.max(worst, run(transform(image, "--suffix", "_new")));
        worst = Math.max(worst, run(transform(image, "--in-place")));
        shown = image;
      }
      String page = folder.resolve("page").toString();
      worst = Math.max(worst, run(transform(shown, "--suffix", "_shown", "--report", page)));
      worst =
          Math.max(worst, run(List.of("measure", shown, "--label", "nuclei", "--report", page)));
      worst = Math.max(worst, run(List.of("transforms")));
      return Math.max(worst, run(List.of("recover", folder.toString())));
    } finally {
      store.deleteTree("");
      Files.deleteIfExists(folder);
    }
  }

  private static List<String> transform(String image, String... destination) {
    List<String> command =
        List.of(
            "transform", image, "--label", "nuclei", "--transform", "gamma", "--param", "gamma=2");
    return java.util.stream.Stream.concat(command.stream(), List.of(destination).stream()).toList();
  }

  private int run(List<String> command) {
    StringWriter messages = new StringWriter();
    PrintWriter sink = new PrintWriter(messages);
    int code = Main.run(command, sink, sink);
    if (code != ExitCode.DONE.code()) {
      spec.commandLine().getErr().println(messages);
    }
    return code;
  }
}
