// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.ngffspark.inputs.InputImage;
import org.ngffspark.inputs.InputResolver;
import org.ngffspark.inputs.Inputs;
import org.ngffspark.n5.DataSetDescription;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.report.Counted;
import org.ngffspark.zarr.store.LinkPolicy;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which images a command takes. */
final class InputOptions {
  @Parameters(
      paramLabel = "INPUT",
      arity = "0..*",
      description = "An image, a plate or a well (all its images): a path or a URI.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--well",
      paramLabel = "ROW/COLUMN",
      description = "Of a plate only this well, as B/03. Repeatable.")
  List<String> wells = new ArrayList<>();

  @Option(
      names = "--acquisition",
      paramLabel = "ID",
      description = "Of a plate only images of this acquisition, by id or name. Repeatable.")
  List<String> acquisitions = new ArrayList<>();

  @Option(
      names = "--image",
      paramLabel = "NAME",
      description = "Of a plate only images of this name in their well, as 0. Repeatable.")
  List<String> images = new ArrayList<>();

  @Option(
      names = "--follow-links",
      description =
          "Read through symbolic links that lead out of an input, as in plates put together from"
              + " links. What is written stays inside.")
  boolean followLinks;

  @Option(
      names = "--axes",
      paramLabel = "z,y,x",
      defaultValue = "",
      description =
          "Of a data set of N5 that does not tell them: its axes, from the slowest to the fastest.")
  String axes;

  @Option(
      names = "--pixel-size",
      paramLabel = "UM",
      defaultValue = "",
      description =
          "Of a data set of N5 that does not tell it: micrometres of y and x, as 0.325, or of each"
              + " axis, as z=1,y=0.325,x=0.325. Of its label images too.")
  String pixelSize;

  /**
   * What is meant.
   *
   * @throws IllegalArgumentException if no input is given, an option selects nothing, or there is
   *     no image
   * @throws org.ngffspark.zarr.store.FormatException if an input is no image, plate or well, or no
   *     well of it can be read
   */
  Inputs resolve() {
    return resolver().resolve(required()).requireSome();
  }

  /**
   * What is meant by a run over the objects of a label image: not the images of plates and wells
   * that this program has made from others without it. How many those are is said.
   *
   * @throws IllegalArgumentException as {@link #resolve()}
   * @throws org.ngffspark.zarr.store.FormatException as {@link #resolve()}
   */
  Inputs resolve(String label, PrintWriter err) {
    Inputs all = resolve();
    // An image that was named itself is meant.
    if (!images.isEmpty()) {
      return all;
    }
    List<InputImage> meant = InputResolver.withLabel(all.images(), label);
    int left = all.images().size() - meant.size();
    if (left > 0) {
      err.println(
          Counted.of(left, "image") + " left out, made from others without '" + label + "'");
    }
    return all.withImages(meant);
  }

  /** The inputs as given, at least one. */
  List<String> required() {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("No INPUT; give an image, a plate or a well");
    }
    return List.copyOf(inputs);
  }

  /** From inputs to images, as the options say. */
  InputResolver resolver() {
    return new InputResolver(selection(), links())
        .describedBy(DataSetDescription.parse(axes, pixelSize));
  }

  LinkPolicy links() {
    return followLinks ? LinkPolicy.ANYWHERE : LinkPolicy.INSIDE;
  }

  PlateSelection selection() {
    return new PlateSelection(wells, acquisitions, images);
  }
}
