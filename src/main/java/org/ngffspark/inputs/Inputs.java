// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.inputs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ngffspark.job.ImageOutcome;
import org.ngffspark.job.ImageRef;
import org.ngffspark.job.RunListener;
import org.ngffspark.zarr.store.FormatException;
import org.ngffspark.zarr.store.StoreLocations;

/**
 * What inputs mean.
 *
 * @param named the inputs as given
 * @param images each once, in the order of the inputs
 * @param unreadable wells whose images are not known, and why
 * @param repeated images that were named by several paths, each by one that is left out
 */
public record Inputs(
    List<String> named,
    List<InputImage> images,
    Map<ImageRef, String> unreadable,
    List<ImageRef> repeated) {
  public Inputs {
    named = List.copyOf(named);
    images = List.copyOf(images);
    unreadable = new LinkedHashMap<>(unreadable);
    repeated = List.copyOf(repeated);
  }

  /** Whether they mean nothing, well or not. */
  public boolean isEmpty() {
    return images.isEmpty() && unreadable.isEmpty();
  }

  /** Where the inputs that have images lie, for people. */
  public List<String> places() {
    return images.stream().map(InputImage::inputPlace).distinct().toList();
  }

  public List<ImageRef> refs() {
    return images.stream().map(InputImage::ref).toList();
  }

  /**
   * The folder of each image below a common one: its path in the input, after the name of the input
   * if there are several.
   *
   * @throws IllegalArgumentException if two images would have the same
   */
  public Map<ImageRef, String> folders() {
    boolean several = images.stream().map(InputImage::input).distinct().count() > 1;
    Map<ImageRef, String> folders = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (InputImage image : images) {
      String folder = several ? join(image.inputName(), image.path()) : image.path();
      if (!taken.add(folder)) {
        throw new IllegalArgumentException(
            "Two inputs are called '"
                + folder
                + "', so their files would meet; take them one after the other, into two"
                + " directories");
      }
      folders.put(image.ref(), folder);
    }
    return folders;
  }

  private static String join(String first, String second) {
    return second.isEmpty() ? first : first + "/" + second;
  }

  /**
   * These inputs, if there is an image.
   *
   * @throws IllegalArgumentException if they mean nothing
   * @throws FormatException if no well of them can be read
   */
  public Inputs requireSome() {
    if (isEmpty()) {
      throw new IllegalArgumentException("There are no images in " + String.join(", ", named));
    }
    if (images.isEmpty()) {
      requireReadable();
    }
    return this;
  }

  /**
   * Checks that every well could be read.
   *
   * @throws FormatException for the first that could not
   */
  public void requireReadable() {
    unreadable.forEach(
        (well, reason) -> {
          throw new FormatException(well.toString(), reason);
        });
  }

  /** The wells that could not be read, each as an image that failed. */
  public List<ImageOutcome> failures() {
    List<ImageOutcome> failed = new ArrayList<>();
    unreadable.forEach(
        (well, reason) -> failed.add(ImageOutcome.failed(well, well.toString(), reason, 0)));
    return failed;
  }

  /** A listener that hears of a run over the images, and before it of the failures here. */
  public RunListener telling(RunListener listener) {
    return new FailuresFirst(failures(), listener);
  }

  /** The same with these images only. */
  public Inputs withImages(List<InputImage> kept) {
    return new Inputs(named, kept, unreadable, repeated);
  }

  /** Puts inputs together. Not safe for several threads. */
  static final class Collector {
    private final List<String> named = new ArrayList<>();
    private final Map<String, InputImage> images = new LinkedHashMap<>();
    private final Map<ImageRef, String> unreadable = new LinkedHashMap<>();
    private final List<ImageRef> repeated = new ArrayList<>();

    void addAll(Inputs more) {
      named.addAll(more.named());
      more.images().forEach(this::add);
      unreadable.putAll(more.unreadable());
      repeated.addAll(more.repeated());
    }

    /** Of two paths to one image the one without links is kept. */
    private void add(InputImage image) {
      String named = image.ref().toString();
      String place = StoreLocations.canonical(StoreLocations.uri(named)).toString();
      InputImage before = images.putIfAbsent(place, image);
      if (before == null || before.ref().equals(image.ref())) {
        return;
      }
      boolean direct = StoreLocations.uri(named).toString().equals(place);
      images.put(place, direct ? image : before);
      repeated.add((direct ? before : image).ref());
    }

    Inputs inputs() {
      return new Inputs(named, List.copyOf(images.values()), unreadable, repeated);
    }
  }
}
