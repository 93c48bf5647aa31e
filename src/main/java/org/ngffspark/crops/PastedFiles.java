// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.crops;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ngffspark.history.Fingerprint;
import org.ngffspark.job.ImageRef;
import org.ngffspark.plan.LabelSelection;
import org.ngffspark.roi.Axes;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.zarr.nd.Box;
import org.ngffspark.zarr.store.KeyStatus;
import org.ngffspark.zarr.store.StoreLocations;
import org.ngffspark.zarr.store.StorePath;

/**
 * The files of all images of a run that are put back, looked through before any image is: each
 * object that was cut out has its files, and there is none of another.
 */
public final class PastedFiles {
  private final URI directory;
  private final Map<ImageRef, String> folders;
  private final Map<ImageRef, CropIndex> indices = new LinkedHashMap<>();
  private final Cut cut;
  private final PastedFormat format;

  private PastedFiles(URI directory, Map<ImageRef, String> folders, Optional<PastedFormat> chosen) {
    this.directory = directory;
    this.folders = Map.copyOf(folders);
    folders.forEach((image, folder) -> indices.put(image, CropIndex.read(place(folder))));
    this.cut =
        indices.values().stream()
            .flatMap(index -> index.cut().stream())
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("No object is in " + place("") + "'s indices"));
    this.format = chosen.orElseGet(() -> PastedFormat.of(cut.format()));
    indices.forEach(this::requireLike);
  }

  /**
   * Looks through the files.
   *
   * @param folders of each image below the directory; {@code ""} for itself
   * @param format of the files; empty for the one in which they were cut
   * @throws IllegalArgumentException if an index is missing, two images were cut otherwise than
   *     each other, or there is not a file for each object
   * @throws org.ngffspark.zarr.store.FormatException if an index is damaged
   */
  public static PastedFiles in(
      URI directory, Map<ImageRef, String> folders, Optional<PastedFormat> format) {
    return new PastedFiles(directory, folders, format);
  }

  private StorePath place(String folder) {
    return new StorePath(StoreLocations.open(directory), folder);
  }

  private void requireLike(ImageRef image, CropIndex index) {
    if (!index.cut().orElse(cut).isLike(cut)) {
      throw new IllegalArgumentException(
          image + " was cut otherwise than " + cut.image() + "; paste them one after the other");
    }
  }

  /** How the objects were cut. */
  public Cut cut() {
    return cut;
  }

  /** The objects that were cut in any of the images. */
  public LabelSelection ids() {
    Set<Long> all = new TreeSet<>();
    indices.values().forEach(index -> all.addAll(index.boxes().keySet()));
    return LabelSelection.parse(
        all.stream().map(id -> id + "-" + id).collect(Collectors.joining(",")));
  }

  /**
   * A short name for the files as they are now, by names, lengths and times.
   *
   * @throws IllegalArgumentException if an object lacks one, or one is of no object
   */
  public String fingerprint() {
    SortedMap<String, Long> facts = new TreeMap<>();
    indices.forEach(
        (image, index) -> {
          StorePath folder = place(folders.get(image));
          SortedMap<String, KeyStatus> there = filesIn(folder);
          List<String> wanted = wanted(index);
          requireAll(folder, there, wanted);
          wanted.add(CropIndex.FILE);
          for (String name : wanted) {
            facts.put(folder.key(name), there.get(name).length());
            facts.put(folder.key(name) + " ms", there.get(name).modified().toEpochMilli());
          }
        });
    return Fingerprint.of(facts);
  }

  private static SortedMap<String, KeyStatus> filesIn(StorePath folder) {
    SortedMap<String, KeyStatus> files = new TreeMap<>();
    int prefix = folder.key("").length();
    folder
        .store()
        .statuses(folder.path())
        .forEach((key, status) -> files.put(key.substring(prefix), status));
    return files;
  }

  private List<String> wanted(CropIndex index) {
    List<String> names = new ArrayList<>();
    index.boxes().forEach((id, box) -> names.addAll(names(id, box)));
    return names;
  }

  private List<String> names(long id, Box box) {
    Axes axes = Axes.of(cut.axes().toArray(String[]::new));
    return format.names(Long.toUnsignedString(id), new PlaneNames(axes, box, cut.channels()));
  }

  private void requireAll(
      StorePath folder, SortedMap<String, KeyStatus> there, List<String> wanted) {
    Set<String> others = new TreeSet<>(there.keySet());
    for (String name : wanted) {
      if (!others.remove(name)) {
        throw new IllegalArgumentException(
            "No file "
                + folder.child(name)
                + ", though its object is in index.csv; take its line out to leave it as it is");
      }
    }
    others.removeIf(name -> name.indexOf('/') >= 0 || !name.endsWith("." + format.extension()));
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          folder.child(others.iterator().next())
              + " is of no object in index.csv; take it away, or cut again");
    }
  }

  /** What gives each object the pixels of its files. */
  public MaskedTransform transform() {
    Map<String, String> byUri = new HashMap<>();
    folders.forEach((image, folder) -> byUri.put(image.open().toString(), folder));
    return new PasteTransform(directory, byUri, format, cut);
  }
}
