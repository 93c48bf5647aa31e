// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ngffspark.history.Besides;
import org.ngffspark.job.Existing;
import org.ngffspark.job.PixelTarget;

/** Where the transformed pixels go. */
public sealed interface Destination extends Serializable {

  /** What happens to something that lies there already; an image itself is never replaced. */
  Existing existing();

  /** What a new image gets besides its pixels. */
  Companions companions();

  /**
   * The same, with this for what lies there.
   *
   * @throws IllegalArgumentException if an image itself would be replaced
   */
  Destination with(Existing choice);

  /**
   * Checks that so many images can go there.
   *
   * @param target what is transformed of each
   * @throws IllegalArgumentException if not
   */
  default void requireFits(int images, PixelTarget target) {}

  /**
   * What a command says besides what decides about pixels, to do the same again.
   *
   * @param jars file names of those that hold code of users
   */
  default ObjectNode besides(Collection<String> jars) {
    ObjectNode json = Besides.jars(jars);
    if (companions() != Companions.LABELS_AND_TABLES) {
      json.put(Besides.COMPANIONS, name(companions()));
    }
    return json;
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** What becomes of the tables of a label image that is changed. */
  enum TablesOfLabel {
    /** Masking ROI tables are made anew, in the same commit. */
    FOLLOW,
    /** They stay as they are, and bear that they are older than their label image. */
    KEPT
  }

  /**
   * Into the image itself.
   *
   * @param tables what becomes of the tables of a label image that is changed
   */
  record InPlace(TablesOfLabel tables) implements Destination {
    /** Tables follow their label image. */
    public InPlace() {
      this(TablesOfLabel.FOLLOW);
    }

    @Override
    public Existing existing() {
      return Existing.REFUSE;
    }

    @Override
    public Companions companions() {
      return Companions.NONE;
    }

    @Override
    public ObjectNode besides(Collection<String> jars) {
      ObjectNode json = Besides.jars(jars);
      if (tables == TablesOfLabel.KEPT) {
        json.put(Besides.TABLES_OF_LABEL, name(tables));
      }
      return json;
    }

    @Override
    public Destination with(Existing choice) {
      if (choice == Existing.REPLACE) {
        throw new IllegalArgumentException(
            "An image that is changed in place is there already; only new ones replace others");
      }
      return this;
    }
  }

  /**
   * Into a new image.
   *
   * @param uri where the new container lies
   * @param existing what happens if something lies there
   * @param companions what it gets besides pixels
   */
  record NewImage(URI uri, Existing existing, Companions companions) implements Destination {
    /** With all labels and tables. */
    public NewImage(URI uri, Existing existing) {
      this(uri, existing, Companions.LABELS_AND_TABLES);
    }

    @Override
    public Destination with(Existing choice) {
      return new NewImage(uri, choice, companions);
    }

    @Override
    public void requireFits(int images, PixelTarget target) {
      if (images != 1) {
        throw new IllegalArgumentException(
            "One output takes one image, got " + images + "; for several, use a suffix");
      }
      if (target instanceof PixelTarget.OfLabel) {
        throw new IllegalArgumentException(
            "An output is a new image; a label image is changed in place, or gets a suffix");
      }
    }
  }

  /**
   * Into a new image beside each input, registered in its well; of a label image, into a new label
   * image beside it.
   *
   * @param suffix what follows the input's name, as {@code _corrected}
   * @param existing what happens if something of that name lies there
   * @param companions what a new image gets besides pixels
   */
  record Sibling(String suffix, Existing existing, Companions companions) implements Destination {
    /** With all labels and tables. */
    public Sibling(String suffix, Existing existing) {
      this(suffix, existing, Companions.LABELS_AND_TABLES);
    }

    public Sibling {
      if (!suffix.matches("[A-Za-z0-9_.-]+")) {
        throw new IllegalArgumentException(
            "A suffix may have letters, digits, '_', '.' and '-', got '" + suffix + "'");
      }
    }

    @Override
    public Destination with(Existing choice) {
      return new Sibling(suffix, choice, companions);
    }

    /** A path with a suffix to its name; a name keeps its extension. */
    static String named(String path, String suffix) {
      String extension =
          Stream.of(".ome.zarr", ".zarr", ".n5").filter(path::endsWith).findFirst().orElse("");
      return path.substring(0, path.length() - extension.length()) + suffix + extension;
    }

    /** The path whose name with this suffix is {@code path}; empty if there is none. */
    public static Optional<String> source(String path, String suffix) {
      String extension =
          Stream.of(".ome.zarr", ".zarr", ".n5").filter(path::endsWith).findFirst().orElse("");
      String end = suffix + extension;
      return suffix.isEmpty() || !path.endsWith(end)
          ? Optional.empty()
          : Optional.of(path.substring(0, path.length() - end.length()) + extension);
    }
  }
}
