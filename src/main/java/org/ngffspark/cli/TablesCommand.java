// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ngffspark.image.Container;
import org.ngffspark.inputs.InputImage;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.job.Existing;
import org.ngffspark.job.ImageRef;
import org.ngffspark.report.TableText;
import org.ngffspark.table.Table;
import org.ngffspark.table.Tables;
import org.ngffspark.table.WritableBackend;
import org.ngffspark.tables.TableAgreement;
import org.ngffspark.tables.TableAgreement.Problem;
import org.ngffspark.tables.TableTask;
import org.ngffspark.zarr.Group;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StorePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists, prints, checks, copies and deletes tables. */
@Command(
    name = "tables",
    description = {
      "Lists the tables of images, and of plates and wells themselves. With a NAME after the INPUT,"
          + " prints that table of it.",
      "A copy keeps type, index and columns. Copies and deletions are there wholly or not at all."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./submit.sh tables plate.zarr",
      "  ./submit.sh tables plate.zarr/B/03/0 nuclei_features --csv > nuclei.csv",
      "  ./submit.sh tables plate.zarr --check",
      "  ./submit.sh tables plate.zarr --copy nuclei_features --to nuclei_parquet"
          + " --backend parquet",
      "  ./submit.sh tables plate.zarr --delete nuclei_parquet"
    })
final class TablesCommand implements Callable<Integer> {
  @Mixin InputOptions input;

  @Option(names = "--csv", description = "Print the table as CSV.")
  boolean csv;

  @Option(names = "--json", description = "Print the table as JSON: {column: [values]}.")
  boolean json;

  @Option(
      names = "--check",
      description =
          "Compare masking ROI and feature tables with their label images, which are read: ids"
              + " missing, several rows of an id, boxes outside. Exit code 1 if one disagrees.")
  boolean check;

  @Option(names = "--copy", paramLabel = "NAME", description = "Copy this table of every image.")
  Optional<String> copy = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "NAME",
      description = "The name of the copy. Default: NAME itself, written anew, with --overwrite.")
  Optional<String> to = Optional.empty();

  @Option(
      names = "--delete",
      paramLabel = "NAME",
      description = "Delete this table of every image.")
  Optional<String> delete = Optional.empty();

  @Mixin TableOptions tables;
  @Mixin CommitChoices commit;
  @Mixin RunOptions run;
  @Spec CommandSpec spec;

  private PrintWriter out;
  private boolean disagrees;

  @Override
  public Integer call() {
    out = spec.commandLine().getOut();
    if (copy.isPresent() && delete.isPresent()) {
      throw new IllegalArgumentException("Give one of --copy and --delete");
    }
    if (copy.isPresent() || delete.isPresent()) {
      return change();
    }
    List<String> given = input.required();
    if (given.size() == 2 && !check) {
      print(given.get(0), given.get(1));
    } else {
      Inputs found = input.resolve();
      Set<ImageRef> listed = new HashSet<>();
      for (InputImage image : found.images()) {
        image.groups().stream().filter(listed::add).forEach(this::list);
        list(image);
      }
      found
          .unreadable()
          .forEach(
              (well, reason) -> {
                out.println(well + "  cannot be read: " + reason);
                disagrees = true;
              });
    }
    return (disagrees ? ExitCode.SOME_FAILED : ExitCode.DONE).code();
  }

  private int change() {
    TableTask task =
        delete
            .map(name -> new TableTask(name, new TableTask.Delete()))
            .orElseGet(() -> copyTask(copy.orElseThrow()));
    return new RunSession(spec, run, input.inputs)
        .run(
            delete.isPresent() ? "rid of table " + task.name() : "given a copy of " + task.name(),
            input.resolve(),
            task,
            run.settings(spec).withCommit(commit.options()));
  }

  private TableTask copyTask(String name) {
    WritableBackend backend = tables.backend;
    Existing existing = tables.existing();
    return new TableTask(name, new TableTask.Copy(to.orElse(name), backend, existing));
  }

  private void print(String location, String name) {
    input.inputs = List.of(location);
    List<InputImage> images = input.resolve().images();
    InputImage first = images.get(0);
    Optional<Tables> own =
        first.groups().stream()
            .limit(1)
            .flatMap(group -> tables(group).stream())
            .filter(tables -> tables.names().contains(name))
            .findFirst();
    if (own.isEmpty() && images.size() > 1) {
      throw new IllegalArgumentException(
          "%s has no table '%s' itself, and %d images; choose one, as %s"
              .formatted(location, name, images.size(), first.ref()));
    }
    Table table = own.orElseGet(() -> Container.open(first.ref().open()).tables()).read(name);
    if (csv) {
      out.print(table.toCsv());
    } else if (json) {
      out.println(table.toJson());
    } else {
      TableText.lines(table).forEach(out::println);
    }
  }

  /** The tables of a plate, a row or a well; empty if there is no such group. */
  private static Optional<Tables> tables(ImageRef group) {
    StorePath place = group.open();
    return Group.open(place).map(found -> Tables.open(place, found.format()));
  }

  private void list(ImageRef group) {
    try {
      Optional<Tables> own = tables(group).filter(tables -> !tables.names().isEmpty());
      own.ifPresent(
          tables -> {
            out.println(group);
            tables.names().forEach(name -> list(tables, name));
          });
    } catch (FormatException damaged) {
      out.println(group + "  tables cannot be read: " + damaged.getMessage());
      disagrees = true;
    }
  }

  private void list(Tables tables, String name) {
    try {
      out.println("  " + described(tables, name));
    } catch (FormatException damaged) {
      out.println("  " + name + "  cannot be read: " + damaged.getMessage());
      disagrees = true;
    }
  }

  private void list(InputImage image) {
    out.println(image.ref());
    Container container = Container.open(image.ref().open());
    Tables all = container.tables();
    for (String name : all.names()) {
      list(all, name);
      if (check) {
        check(container, name);
      }
    }
  }

  private void check(Container container, String name) {
    try {
      new TableAgreement(container).of(name).forEach(this::problem);
    } catch (FormatException damaged) {
      out.println("      cannot be compared: " + damaged.getMessage());
      disagrees = true;
    }
  }

  private void problem(Problem problem) {
    out.println("      " + problem);
    disagrees = true;
  }

  private static String described(Tables all, String name) {
    Table table = all.read(name);
    return String.format(
        Locale.ROOT,
        "%s  %s  %s%s  %d rows, %d columns",
        name,
        all.type(name),
        all.backend(name),
        all.labelName(name).map(label -> "  of " + label).orElse(""),
        table.rows(),
        table.columns().size());
  }
}
