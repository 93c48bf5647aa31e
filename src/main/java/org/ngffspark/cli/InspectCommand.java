// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ngffspark.commit.Recovery;
import org.ngffspark.commit.RecoveryReport;
import org.ngffspark.commit.RecoveryReport.Outcome;
import org.ngffspark.commit.RunInfo;
import org.ngffspark.inputs.InputImage;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.ImageRef;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.Plate;
import org.ngffspark.report.ImageDescription;
import org.ngffspark.report.InspectionText;
import org.ngffspark.report.SchemaCheck;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what inputs are, without reading pixels. */
@Command(
    name = "inspect",
    description =
        "Shows axes, shapes, chunks, write units, codecs, channels, labels, tables and wells, and"
            + " whether a run is at work or has left something to recover.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh inspect image.zarr",
      "  ./submit.sh inspect plate.zarr --well B/03",
      "  ./submit.sh inspect plate.zarr --validate",
      "  ./submit.sh inspect plate.zarr --json | jq '.[0].images[].path'"
    })
final class InspectCommand implements Callable<Integer> {
  @Mixin InputOptions input;

  @Option(
      names = "--validate",
      description =
          "Check plate, wells, images and labels against the schemas of their version of OME-NGFF;"
              + " the exit code is 1 if something is not as it asks for.")
  boolean validate;

  @Option(names = "--json", description = "All of it as JSON, one element for each input.")
  boolean json;

  @Spec CommandSpec spec;

  private final SchemaCheck schemas = new SchemaCheck();
  private boolean damaged;

  @Override
  public Integer call() throws JsonProcessingException {
    InputResolver resolver = input.resolver();
    ArrayNode inspected = JsonNodeFactory.instance.arrayNode();
    for (String each : input.required()) {
      inspected.add(inspect(resolver.named(each), resolver.resolve(List.of(each))));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(inspected)
            : InspectionText.of(Main.program(), inspected));
    return (damaged ? ExitCode.SOME_FAILED : ExitCode.DONE).code();
  }

  private ObjectNode inspect(ImageRef place, Inputs inputs) {
    StorePath path = place.open();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("input", place.toString());
    ContainerKind kind = ContainerKind.of(path);
    node.put("kind", kind.toString());
    if (kind == ContainerKind.PLATE) {
      node.set("plate", ImageDescription.plate(Plate.open(path).metadata()));
    }
    if (kind != ContainerKind.IMAGE) {
      check(node, path);
    }
    if (kind == ContainerKind.PLATE) {
      Plate.open(path).metadata().wells().forEach(well -> check(node, path.resolve(well)));
    }
    Map<String, RecoveryReport> unfinished = unfinished(path);
    for (InputImage image : inputs.images()) {
      ObjectNode described = describe(image);
      node.withArray("images").add(described);
      String key = image.ref().open().toString();
      if (unfinished.containsKey(key)) {
        described.put("unfinished", unfinished.remove(key).detail());
      }
    }
    inputs
        .unreadable()
        .forEach(
            (well, reason) ->
                node.withArray("images").add(ImageDescription.damaged(well.path(), reason)));
    damaged |= !inputs.unreadable().isEmpty();
    // Images that a killed run was about to make are not listed in any well yet.
    unfinished.values().forEach(report -> node.withArray("unfinished").add(report.toString()));
    return node;
  }

  private static Map<String, RecoveryReport> unfinished(StorePath path) {
    if (!path.store().isWritable()) {
      return Map.of();
    }
    Recovery recovery = new Recovery(RunInfo.current("inspect", Map.of()), Set.of());
    return recovery.inspectAll(path).stream()
        .filter(report -> report.outcome() != Outcome.NOTHING)
        .collect(Collectors.toMap(RecoveryReport::container, report -> report));
  }

  /** Adds what breaches the schemas, by place. */
  private void check(ObjectNode described, StorePath... groups) {
    for (StorePath group : validate ? groups : new StorePath[0]) {
      for (String breach : schemas.breaches(group)) {
        described.withArray("breaches").add(group + " " + breach);
        damaged = true;
      }
    }
  }

  private ObjectNode describe(InputImage image) {
    try {
      ObjectNode described = ImageDescription.of(image.ref(), image.path());
      StorePath group = image.ref().open();
      check(described, group);
      for (JsonNode label : described.path("labels")) {
        check(described, group.child("labels").child(label.path("name").asText()));
      }
      return described;
    } catch (FormatException problem) {
      damaged = true;
      return ImageDescription.damaged(image.path(), problem.getMessage());
    }
  }
}
