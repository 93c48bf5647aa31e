// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ngffspark.history.Repeat;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.remove.Foreign;
import org.ngffspark.remove.Removal;
import org.ngffspark.remove.RemovalPreview;
import org.ngffspark.remove.RemoveTask;
import org.ngffspark.report.ByteCount;
import org.ngffspark.report.Counted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes images, label images and tables away again. */
@Command(
    name = "remove",
    description = {
      "Removes images that were made from others, or label images or tables of images: takes them"
          + " out of the list of the well, of label images or of tables, then deletes their files"
          + " with many tasks.",
      "What this program did not make stays, unless --force is given. --dry-run lists all that"
          + " would go, with files and bytes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh remove plate.zarr --image 0_illum --dry-run",
      "  ./submit.sh remove plate.zarr/B/03/0_illum",
      "  ./submit.sh remove plate.zarr --label nuclei_found",
      "  ./submit.sh remove plate.zarr --well B/03 --table nuclei_features"
    })
final class RemoveCommand implements Callable<Integer> {
  @Mixin InputOptions input;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "Remove this label image of each image, and not the image.")
  Optional<String> label = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Remove this table of each image, and not the image.")
  Optional<String> table = Optional.empty();

  @Option(
      names = "--force",
      description =
          "Remove also what this program did not make, and label images and tables that other"
              + " images use. An image that others use the labels of, and the last one of a well,"
              + " stay all the same.")
  boolean force;

  @Option(names = "--resume", description = "Pass over images without that label image or table.")
  boolean resume;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Removal removal = removal();
    Inputs inputs = input.resolve();
    if (removal instanceof Removal.OfImage) {
      requireNamed(inputs);
    }
    RemoveTask task =
        new RemoveTask(removal, force ? Foreign.REMOVE : Foreign.REFUSE, Set.copyOf(inputs.refs()));
    if (run.dryRun) {
      return list(inputs, task);
    }
    String verb = removal instanceof Removal.OfImage ? "removed" : "rid of " + removal;
    return new RunSession(spec, run, input.inputs)
        .run(
            verb,
            inputs,
            task,
            run.settings(spec)
                .withCommit(commit.options())
                .withRepeat(resume ? Repeat.RESUME : Repeat.REFUSE));
  }

  private Removal removal() {
    if (label.isPresent() && table.isPresent()) {
      throw new IllegalArgumentException("Give one of --label and --table");
    }
    return label
        .<Removal>map(Removal.OfLabel::new)
        .or(() -> table.map(Removal.OfTable::new))
        .orElseGet(Removal.OfImage::new);
  }

  /** A plate alone does not mean that all its images are to go. */
  private void requireNamed(Inputs inputs) {
    if (input.images.isEmpty()
        && inputs.images().stream().anyMatch(each -> !each.path().isEmpty())) {
      throw new IllegalArgumentException(
          "Say which images of the plate or well are to go, by --image NAME; or what of them, by"
              + " --label or --table");
    }
  }

  private int list(Inputs inputs, RemoveTask task) {
    List<RemovalPreview> all =
        inputs.refs().parallelStream().map(image -> RemovalPreview.of(task, image)).toList();
    List<RemovalPreview> gone = all.stream().filter(each -> each.problem().isEmpty()).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.println(Counted.of(gone.size(), "node") + " would be removed; nothing is touched now");
    for (RemovalPreview each : gone) {
      out.println(
          "  "
              + each.location()
              + "  "
              + Counted.of(each.files(), "file")
              + ", "
              + ByteCount.text(each.bytes()));
    }
    PrintWriter err = spec.commandLine().getErr();
    all.forEach(each -> each.problem().ifPresent(why -> err.println(each.location() + ": " + why)));
    inputs.unreadable().forEach((well, why) -> err.println(well + ": " + why));
    if (gone.size() == all.size() && inputs.unreadable().isEmpty()) {
      return ExitCode.DONE.code();
    }
    return (gone.isEmpty() ? ExitCode.USAGE : ExitCode.SOME_FAILED).code();
  }
}
