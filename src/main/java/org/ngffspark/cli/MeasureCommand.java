// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ngffspark.features.FeatureExport;
import org.ngffspark.features.MeasureTask;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.PixelTarget;
import org.ngffspark.measure.FeatureDescription;
import org.ngffspark.measure.FeatureGroup;
import org.ngffspark.measure.FeatureSet;
import org.ngffspark.measure.ObjectFeatures;
import org.ngffspark.zarr.store.StoreLocations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures every object. */
@Command(
    name = "measure",
    description = {
      "Measures every object of a label image and writes a feature table, with scikit-image's values"
          + " and Fractal's names.",
      "The table is there wholly or not at all. Objects are found in the label image itself."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh measure plate.zarr --label nuclei",
      "  ./submit.sh measure plate.zarr --label nuclei --channel DAPI --features"
          + " shape,intensity,convex,position --table nuclei_dapi --backend parquet",
      "  ./submit.sh measure image.zarr --label nuclei --features texture,neighbours \\",
      "      --texture-range 0:4095 --neighbour-distance 20",
      "  ./submit.sh measure plate.zarr --label nuclei --export features",
      "  ./submit.sh measure plate.zarr --label nuclei --features shape,edges.py:edges"
          + " --param power=2",
      "  ./submit.sh measure --list"
    })
final class MeasureCommand implements Callable<Integer> {
  @Mixin InputOptions input;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "The label image that holds the objects.")
  Optional<String> label = Optional.empty();

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "A channel by index, label or wavelength. Repeatable. Default: all.")
  List<String> channels = new ArrayList<>();

  @Option(
      names = "--level",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "The pyramid level whose pixels are measured. Default: ${DEFAULT-VALUE}, the finest.")
  int level;

  @Mixin IdOptions ids;
  @Mixin FeatureOptions features;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The name of the table. Default: that of the label image and _features.")
  Optional<String> table = Optional.empty();

  @Option(
      names = "--export",
      paramLabel = "DIR",
      description =
          "Write the tables of all images also as one Parquet data set into this directory, which"
              + " pandas, polars, DuckDB and Spark read at once.")
  Optional<String> export = Optional.empty();

  @Mixin TableOptions tables;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Mixin ResumeOption resume;

  @Option(names = "--list", description = "Only print the features there are, and what they mean.")
  boolean list;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (list) {
      print(spec.commandLine().getOut());
      return ExitCode.DONE.code();
    }
    String labelName =
        label.orElseThrow(() -> new IllegalArgumentException("Missing option: '--label=NAME'"));
    Inputs found = input.resolve(labelName, spec.commandLine().getErr());
    features.check(Host.of(spec));
    FeatureExport data = export(found.refs());
    return new RunSession(spec, run, input.inputs)
        .run(
            "measured",
            found,
            spark ->
                new MeasureTask(
                    labelName,
                    new PixelTarget.OfImage(channels, level),
                    features.set(spark),
                    ids.labels(),
                    table.orElse(labelName + "_features"),
                    tables.backend,
                    tables.existing(),
                    data),
            run.settings(spec).withCommit(commit.options()).withRepeat(resume.repeat()));
  }

  private FeatureExport export(List<ImageRef> images) {
    return export
        .map(directory -> StoreLocations.canonical(StoreLocations.uri(directory)))
        .map(directory -> FeatureExport.to(directory, images))
        .orElse(FeatureExport.NONE);
  }

  private static void print(PrintWriter out) {
    for (FeatureGroup group : FeatureGroup.values()) {
      String asked = FeatureGroup.DEFAULT.contains(group) ? "  (measured by default)" : "";
      out.println(group.title() + asked);
      for (FeatureDescription feature : FeatureSet.descriptions()) {
        if (feature.group() == group) {
          String unit = feature.unit().isEmpty() ? "" : "  [" + feature.unit() + "]";
          out.println("    " + feature.name() + perChannel(feature) + unit);
          out.println("        " + feature.definition());
        }
      }
    }
    for (ObjectFeatures own : FeatureOptions.known().all()) {
      out.println(own.name() + "  (--own)");
      out.println("    " + own.description());
    }
  }

  private static String perChannel(FeatureDescription feature) {
    return feature.needs() == FeatureDescription.Needs.PIXELS ? "-<channel>" : "";
  }
}
