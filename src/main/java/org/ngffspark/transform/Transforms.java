// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.List;
import java.util.Map;

/** Finds transforms; see {@link Extensions}. */
public final class Transforms {
  private final Extensions<MaskedTransform> extensions;

  private Transforms(ClassLoader loader) {
    this.extensions = Extensions.of(MaskedTransform.class, "transform", builtIn(), loader);
  }

  /** The transforms that {@code loader} sees. */
  public static Transforms of(ClassLoader loader) {
    return new Transforms(loader);
  }

  /** The transforms that come with the program, by name. */
  public static List<MaskedTransform> builtIn() {
    return List.of(
        new Affine(),
        new Clear(),
        new Clip(),
        new Erase(),
        new Erode(),
        new Fill(),
        new Gamma(),
        new GaussianBlur(),
        new Invert(),
        new KeepLargest(),
        new MedianFilter(),
        new Normalize(),
        new Relabel(),
        new SubtractBackground());
  }

  /** All transforms that are known by name; see {@link Extensions#all}. */
  public List<MaskedTransform> all() {
    return extensions.all();
  }

  /** The transform of that name or class name; see {@link Extensions#find(String)}. */
  public MaskedTransform find(String nameOrClass) {
    return extensions.find(nameOrClass);
  }

  /** The transform of that name, ready to run; see {@link Extensions#find(String, Map)}. */
  public MaskedTransform find(String nameOrClass, Map<String, String> given) {
    return extensions.find(nameOrClass, given);
  }
}
