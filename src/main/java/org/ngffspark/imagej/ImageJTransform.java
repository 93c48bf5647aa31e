// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Parameter;
import org.ngffspark.transform.Parameters;
import org.ngffspark.transform.Slabs;
import org.ngffspark.transform.TransformUnavailableException;
import org.ngffspark.zarr.nd.DataType;

/**
 * Runs a macro of ImageJ on each plane of an object, with axes y, x, channel by channel: the plane
 * is the current image, the object its selection. Planes without pixels of the object are left as
 * they are.
 *
 * <p>Pixels of 8 and 16 bits without sign are those of ImageJ's images of these types; all others
 * are handed over as float. What the macro makes of them is rounded half to even and kept within
 * the range of the type.
 */
public final class ImageJTransform implements MaskedTransform {
  private static final long serialVersionUID = 1L;

  private static final String MACRO = "macro";
  private static final String FILE = "file";
  private static final int MOST_EXACT_BYTES = 2;

  private final String macro;

  /** ImageJs that no thread uses now. */
  private final transient ConcurrentLinkedQueue<PlaneMacro> idle = new ConcurrentLinkedQueue<>();

  public ImageJTransform() {
    this("");
  }

  private ImageJTransform(String macro) {
    this.macro = macro;
  }

  @Serial
  private Object readResolve() {
    return new ImageJTransform(macro);
  }

  @Override
  public String name() {
    return "imagej";
  }

  @Override
  public String description() {
    return "runs a macro of ImageJ on each plane, with the object as the selection";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.text(MACRO, "the macro, as run(\"Gaussian Blur...\", \"sigma=2\");")
            .optional("that of the file"),
        Parameter.text(FILE, "a local file with the macro").optional("macro is given"));
  }

  /**
   * @throws IllegalArgumentException if not one of the two is given, the file cannot be read, the
   *     macro does more than compute pixels, or ImageJ is missing
   */
  @Override
  public MaskedTransform configure(Parameters values) {
    if (values.has(MACRO) == values.has(FILE)) {
      throw new IllegalArgumentException("Give one of the parameters macro and file");
    }
    String given = values.has(MACRO) ? values.text(MACRO) : read(values.text(FILE));
    MacroCheck.require(given);
    if (!isThere()) {
      throw new IllegalArgumentException(missing());
    }
    return new ImageJTransform(given);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException failure) {
      throw new IllegalArgumentException(
          "The macro " + file + " cannot be read: " + failure, failure);
    }
  }

  private static boolean isThere() {
    return loader().getResource("ij/ImagePlus.class") != null;
  }

  /** Spark gives the classes of --packages to threads, not to the loader of this class. */
  private static ClassLoader loader() {
    ClassLoader own = ImageJTransform.class.getClassLoader();
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null || own.getResource("ij/ImagePlus.class") != null ? own : ofThread;
  }

  private static String missing() {
    return "Transform 'imagej' needs ImageJ, which is not there: run './submit.sh --with-imagej'"
        + " once, or give --packages net.imagej:ij:1.54p before --";
  }

  /** The macro decides about pixels, also that of a file. */
  @Override
  public String code() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(macro.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java has SHA-256", impossible);
    }
  }

  @Override
  public boolean channelwise() {
    return true;
  }

  /**
   * @throws IllegalArgumentException for integers of more than 16 bits, which float does not hold
   */
  @Override
  public void checkType(DataType type) {
    if (type.isInteger() && type.bytes() > MOST_EXACT_BYTES) {
      throw new IllegalArgumentException(
          "ImageJ has images of 8 and 16 bits and of float, and pixels of type "
              + type
              + " do not fit; convert them first, by 'convert --dtype'");
    }
  }

  @Override
  public void apply(MaskedPatch object, Patch result) {
    PlaneMacro runner = Optional.ofNullable(idle.poll()).orElseGet(this::runner);
    PlanePixels planes = new PlanePixels(object, result);
    Slabs.of(object.patch())
        .forEachPlane(
            (from, to) -> {
              if (object.mask().count(from, to) > 0) {
                planes.run(runner, from);
              }
            });
    // One that failed is not used again: its ImageJ may be in any state.
    idle.add(runner);
  }

  private PlaneMacro runner() {
    System.setProperty("java.awt.headless", "true");
    ClassLoader loader = loader();
    if (!isThere()) {
      throw new TransformUnavailableException(missing());
    }
    try {
      return new ImageJLoader(loader).runner(macro);
    } catch (ReflectiveOperationException | LinkageError other) {
      throw new TransformUnavailableException(
          "This ImageJ cannot run macros without windows (" + other + "); use 1.54p", other);
    }
  }
}
