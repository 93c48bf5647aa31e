// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.inputs;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.ngffspark.history.JobHistory;
import org.ngffspark.image.Container;
import org.ngffspark.image.Image;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.Threads;
import org.ngffspark.n5.DataSetDescription;
import org.ngffspark.ngff.ContainerKind;
import org.ngffspark.ngff.Plate;
import org.ngffspark.ngff.PlateImage;
import org.ngffspark.ngff.PlateImages;
import org.ngffspark.ngff.PlateSelection;
import org.ngffspark.ngff.Well;
import org.ngffspark.ngff.WellImage;
import org.ngffspark.roi.AxisName;
import org.ngffspark.zarr.OuterGroups;
import org.ngffspark.zarr.store.ArchivePath;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.LinkPolicy;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/** From what a user gives as input to images. Reads metadata of plates and wells, no pixels. */
public final class InputResolver {
  private final PlateSelection selection;
  private final LinkPolicy links;
  private final DataSetDescription description;

  /**
   * @param selection which images of plates and wells are taken
   * @param links which are followed
   */
  public InputResolver(PlateSelection selection, LinkPolicy links) {
    this(selection, links, DataSetDescription.NONE);
  }

  private InputResolver(
      PlateSelection selection, LinkPolicy links, DataSetDescription description) {
    this.selection = selection;
    this.links = links;
    this.description = description;
  }

  /** The same for images of N5 whose data sets do not tell what they are. */
  public InputResolver describedBy(DataSetDescription told) {
    return new InputResolver(selection, links, told);
  }

  /**
   * What the inputs mean. A plate or well without images means none.
   *
   * @throws IllegalArgumentException if the selection does not fit an input or selects nothing
   * @throws org.ngffspark.zarr.store.FormatException if an input is no image, plate or well
   */
  public Inputs resolve(List<String> inputs) {
    Inputs.Collector all = new Inputs.Collector();
    inputs.forEach(input -> all.addAll(resolve(input)));
    return all.inputs();
  }

  private Inputs resolve(String input) {
    ImageRef place = named(input);
    StorePath path = place.open();
    Inputs found =
        switch (ContainerKind.of(path)) {
          case IMAGE -> all(input, image(input, place));
          case PLATE -> plate(input, place, Plate.open(path).select(selection));
          case WELL -> all(input, well(input, place, Well.open(path)));
        };
    if (found.isEmpty() && !selection.equals(PlateSelection.ALL)) {
      throw new IllegalArgumentException(
          "Nothing of " + input + " is selected; it has " + everything(input));
    }
    return found;
  }

  /** Where an input lies, read as this resolver was told to. */
  public ImageRef named(String input) {
    return place(StoreLocations.uri(input)).following(links).describedBy(description);
  }

  private static Inputs all(String input, List<InputImage> images) {
    return new Inputs(List.of(input), images, Map.of(), List.of());
  }

  private List<String> everything(String input) {
    return new InputResolver(PlateSelection.ALL, links)
        .resolve(input).images().stream().map(InputImage::path).toList();
  }

  private List<InputImage> image(String input, ImageRef place) {
    if (!selection.equals(PlateSelection.ALL)) {
      throw new IllegalArgumentException(
          "--well, --acquisition and --image choose images of a plate, but "
              + input
              + " is an image");
    }
    requireDescribed(input, place);
    return List.of(new InputImage(place, input, ""));
  }

  /** What is said of an image must be so: it may tell otherwise itself. */
  private void requireDescribed(String input, ImageRef place) {
    if (description.isEmpty()) {
      return;
    }
    Image image = Container.open(place.open()).image();
    List<String> axes = image.axes().names();
    Map<AxisName, Double> sizes = new EnumMap<>(AxisName.class);
    for (AxisName axis : description.pixelSize().keySet()) {
      image.axes().index(axis).ifPresent(index -> sizes.put(axis, image.grid().pixelSize(index)));
    }
    boolean axesFit = description.axes().isEmpty() || description.axes().equals(axes);
    if (!axesFit || !sizes.equals(description.pixelSize())) {
      throw new IllegalArgumentException(
          "--axes and --pixel-size are for data sets of N5 that do not tell them; "
              + input
              + " has the axes "
              + axes
              + " and the pixel size "
              + image.pixelSize()
              + " by its own metadata");
    }
  }

  private static Inputs plate(String input, ImageRef place, PlateImages selected) {
    Map<ImageRef, String> unreadable = new LinkedHashMap<>();
    selected
        .unreadable()
        .forEach(well -> unreadable.put(inside(input, place, well.well()).ref(), well.reason()));
    List<InputImage> images =
        selected.images().stream()
            .map(PlateImage::name)
            .map(name -> inside(input, place, name))
            .toList();
    return new Inputs(List.of(input), images, unreadable, List.of());
  }

  private List<InputImage> well(String input, ImageRef place, Well well) {
    if (!selection.wells().isEmpty()) {
      throw new IllegalArgumentException(
          "--well " + selection.wells() + " chooses wells of a plate, but " + input + " is a well");
    }
    List<String> names = well.images().stream().map(WellImage::path).toList();
    for (String name : selection.images()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "No image '" + name + "' in well " + input + "; it has " + names);
      }
    }
    return well.images().stream()
        .filter(this::isSelected)
        .map(image -> inside(input, place, image.path()))
        .toList();
  }

  private boolean isSelected(WellImage image) {
    boolean named = selection.images().isEmpty() || selection.images().contains(image.path());
    boolean acquired =
        selection.acquisitions().isEmpty()
            || image.acquisition().stream()
                .mapToObj(Integer::toString)
                .anyMatch(selection.acquisitions()::contains);
    return named && acquired;
  }

  private static InputImage inside(String input, ImageRef place, String name) {
    String path = place.path().isEmpty() ? name : place.path() + "/" + name;
    return new InputImage(new ImageRef(place.root(), path, place.links()), input, name);
  }

  /**
   * A location as a path in the outermost group around it, so that an image knows its well: in its
   * zip archive, or in local folders, which are looked into. Other stores are taken as they are
   * named.
   */
  public static ImageRef place(URI location) {
    URI canonical = StoreLocations.canonical(location);
    Optional<ArchivePath> archive = ArchivePath.of(canonical);
    if (archive.isPresent()) {
      return new ImageRef(archive.get().archive(), archive.get().inside());
    }
    if (!StoreLocations.isLocal(canonical)) {
      return new ImageRef(canonical, "");
    }
    Path path = Path.of(canonical);
    List<Path> groups = OuterGroups.around(path);
    Path root = groups.isEmpty() ? path : groups.get(groups.size() - 1);
    String within = root.relativize(path).toString().replace('\\', '/');
    return new ImageRef(StoreLocations.canonical(root.toUri()), within);
  }

  /**
   * Images of plates and wells without those that this program has made from others: they have the
   * same labels, and whoever means them names them. An image that is an input itself is meant.
   */
  public static List<InputImage> withoutDerived(List<InputImage> images) {
    return without(images, InputResolver::isDerived);
  }

  /**
   * Images of plates and wells without those that this program has made from others and that lack a
   * label image: whoever means all objects of a plate does not mean them. An image that is an input
   * itself is meant.
   */
  public static List<InputImage> withLabel(List<InputImage> images, String label) {
    return without(
        images, image -> isDerived(image) && !Container.open(image).labels().contains(label));
  }

  private static List<InputImage> without(List<InputImage> images, Predicate<StorePath> notMeant) {
    return Threads.filter(
        images, image -> image.path().isEmpty() || !holds(notMeant, image.ref().open()));
  }

  private static boolean holds(Predicate<StorePath> condition, StorePath image) {
    try {
      return condition.test(image);
    } catch (FormatException damaged) {
      // The run says of this image alone what is wrong with it.
      return false;
    }
  }

  private static boolean isDerived(StorePath image) {
    return JobHistory.of(image).filter(JobHistory::isDerived).isPresent();
  }

  /**
   * Images without those that look like what a run with this suffix made of others among them: a
   * repeated run takes the same images again, not its own results.
   */
  public static List<InputImage> withoutResults(List<InputImage> images, String suffix) {
    Set<ImageRef> all = new HashSet<>();
    images.forEach(image -> all.add(image.ref()));
    List<InputImage> kept = new ArrayList<>(images);
    kept.removeIf(image -> image.sourceOf(suffix).filter(all::contains).isPresent());
    return kept;
  }
}
