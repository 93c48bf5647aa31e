// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.SideBySide;
import org.ngffspark.zarr.store.StoreException;

/** Opens the selected wells of a plate, and picks images of them. */
final class PlateSearch {
  private final Plate plate;
  private final Map<String, Well> wells = new LinkedHashMap<>();
  private final List<UnreadableWell> unreadable = new ArrayList<>();

  PlateSearch(Plate plate) {
    this.plate = plate;
  }

  PlateImages select(PlateSelection selection) {
    plate.requireKnown("well", selection.wells(), plate.metadata().wells());
    open(
        plate.metadata().wells().stream()
            .filter(well -> selects(selection.wells(), well))
            .toList());
    List<Integer> acquisitions = selection.acquisitions().stream().map(this::acquisition).toList();
    List<PlateImage> found = new ArrayList<>();
    wells.forEach((path, well) -> images(path, well, acquisitions).forEach(found::add));
    if (unreadable.isEmpty()) {
      plate.requireKnown(
          "image", selection.images(), found.stream().map(PlateImage::image).distinct().toList());
    }
    found.removeIf(image -> !selects(selection.images(), image.image()));
    return new PlateImages(found, unreadable);
  }

  /** Opened side by side, kept in the order of the plate. */
  private void open(List<String> paths) {
    Map<String, Well> opened = new ConcurrentHashMap<>();
    Map<String, String> damaged = new ConcurrentHashMap<>();
    new SideBySide(plate.path().store().requestsAtOnce())
        .run(paths, path -> open(path, opened, damaged));
    for (String path : paths) {
      if (opened.containsKey(path)) {
        wells.put(path, opened.get(path));
      } else {
        unreadable.add(new UnreadableWell(path, damaged.get(path)));
      }
    }
  }

  private void open(String path, Map<String, Well> opened, Map<String, String> damaged) {
    try {
      opened.put(path, Well.open(plate.path().child(path)));
    } catch (FormatException | StoreException problem) {
      damaged.put(path, problem.getMessage());
    }
  }

  private static Stream<PlateImage> images(String path, Well well, List<Integer> acquisitions) {
    return well.images().stream()
        .filter(
            image ->
                acquisitions.isEmpty()
                    || image.acquisition().stream().anyMatch(acquisitions::contains))
        .map(image -> new PlateImage(path, image.path(), well.path().child(image.path())));
  }

  private static boolean selects(List<String> wanted, String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  /** The id of an acquisition that the plate lists, or else that some well gives to an image. */
  private int acquisition(String text) {
    return plate.metadata().acquisitions().stream()
        .filter(acquisition -> acquisition.isCalled(text))
        .map(Acquisition::id)
        .findFirst()
        .or(() -> idsInWells().filter(id -> Integer.toString(id).equals(text)).findFirst())
        .orElseThrow(() -> plate.missing("acquisition", text, acquisitionNames()));
  }

  private Stream<Integer> idsInWells() {
    return wells.values().stream()
        .flatMap(well -> well.images().stream())
        .map(WellImage::acquisition)
        .filter(OptionalInt::isPresent)
        .map(OptionalInt::getAsInt);
  }

  private List<String> acquisitionNames() {
    List<String> names = new ArrayList<>();
    TreeSet<Integer> inWells = new TreeSet<>(idsInWells().toList());
    for (Acquisition found : plate.metadata().acquisitions()) {
      names.add(found.id() + found.name().map(name -> " (" + name + ")").orElse(""));
      inWells.remove(found.id());
    }
    inWells.forEach(id -> names.add(id + " (in wells only)"));
    return names;
  }
}
