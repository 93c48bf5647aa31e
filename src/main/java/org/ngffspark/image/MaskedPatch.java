// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.NdArray;

/**
 * One object as a transform sees it: the image as it was before the run. Its patches are read-only.
 */
public final class MaskedPatch {
  private static final String NO_IMAGE = "";

  private final Patch patch;
  private final Supplier<Patch> source;
  private final Mask mask;
  private final Mask written;
  private final long label;
  private final List<String> channelNames;
  private final Notes notes;
  private final String image;
  private final Optional<NewLabels> newLabels;
  private volatile Optional<Patch> labels = Optional.empty();

  /**
   * @param patch all pixels of the object's box, grown by the zoom; axes as on disk
   * @param labels see {@link #labels}
   * @param mask see {@link #mask}
   * @param written see {@link #written}
   * @param label id of the object; of a uint64 label image its 64 bits
   * @param channelNames see {@link #channelNames}
   * @throws IllegalArgumentException if mask or labels do not fit the patch
   */
  public MaskedPatch(
      Patch patch,
      Patch labels,
      Mask mask,
      Mask written,
      long label,
      List<String> channelNames,
      Notes notes) {
    this(
        patch, () -> labels, mask, written, label, channelNames, notes, NO_IMAGE, Optional.empty());
    MaskScan.labelStrides(labels, patch.axes(), patch.shape());
  }

  private MaskedPatch(
      Patch patch,
      Supplier<Patch> source,
      Mask mask,
      Mask written,
      long label,
      List<String> channelNames,
      Notes notes,
      String image,
      Optional<NewLabels> newLabels) {
    this.patch = patch.readOnly();
    this.source = source;
    this.mask = mask;
    this.written = written;
    this.label = label;
    this.channelNames = List.copyOf(channelNames);
    this.notes = Objects.requireNonNull(notes, "notes");
    this.image = image;
    this.newLabels = newLabels;
    requireShape(mask, patch);
    requireShape(written, patch);
  }

  /**
   * An object whose mask is known; its label image is read when it is asked for.
   *
   * @param labels called once at most
   * @param image see {@link #image}
   */
  static MaskedPatch of(
      Patch patch,
      Supplier<Patch> labels,
      Mask mask,
      long label,
      List<String> channelNames,
      String image) {
    return new MaskedPatch(
        patch, labels, mask, mask, label, channelNames, new Notes(), image, Optional.empty());
  }

  /** The object {@code label} of {@code labels}, with the mask that follows from them. */
  public static MaskedPatch of(Patch patch, Patch labels, long label, List<String> channelNames) {
    Mask mask = Mask.of(labels, label, patch.axes(), patch.shape());
    return new MaskedPatch(patch, labels, mask, mask, label, channelNames, new Notes());
  }

  /**
   * Pixels of one channel of an image without regard to label images: an object with the id 1 that
   * has all of them.
   *
   * @param channel its index; 0 where the image has no channels
   */
  public static MaskedPatch whole(ImageLevel level, int channel, Patch patch) {
    Supplier<Patch> labels =
        () -> {
          NdArray ones = NdArray.zeros(DataType.UINT8, patch.shape());
          ones.fill(1);
          return Patch.of(ones, patch.axes(), patch.pixelSize(), patch.box());
        };
    List<String> names = level.channelNames(new int[] {channel});
    String image = level.node().path().toString();
    return of(patch, labels, Mask.full(patch.shape()), 1, names, image);
  }

  /** The same object, all pixels of whose box are written. */
  public MaskedPatch unmasked() {
    Mask all = Mask.full(patch.shape());
    return new MaskedPatch(
        patch, this::labels, mask, all, label, channelNames, notes, image, newLabels);
  }

  /**
   * The same object with other pixels.
   *
   * @param next of the same shape and place
   * @throws IllegalArgumentException if it has another shape
   */
  public MaskedPatch withPatch(Patch next) {
    return new MaskedPatch(
        next, this::labels, mask, written, label, channelNames, notes, image, newLabels);
  }

  /**
   * The same object, for a transform that makes new label ids, from the first on.
   *
   * @param largest id in the label image that is changed, and of all objects
   * @throws IllegalArgumentException if the object's own id is larger
   */
  public MaskedPatch withNewLabels(long largest) {
    Optional<NewLabels> ids = Optional.of(new NewLabels(label, largest));
    return new MaskedPatch(
        patch, this::labels, mask, written, label, channelNames, notes, image, ids);
  }

  private static void requireShape(Mask mask, Patch patch) {
    if (!mask.shape().equals(patch.shape())) {
      throw new IllegalArgumentException(
          "A mask over " + mask.shape() + " does not fit a patch of shape " + patch.shape());
    }
  }

  /** All pixels of the object's box, grown by the zoom; axes as on disk. */
  public Patch patch() {
    return patch;
  }

  /**
   * Label ids of the same box on the grid of the patch. Axes that the label image lacks are
   * missing; an axis of length 1 holds for the whole axis of the patch.
   */
  public Patch labels() {
    return labels.orElseGet(this::readLabels);
  }

  private synchronized Patch readLabels() {
    if (labels.isEmpty()) {
      labels = Optional.of(source.get().readOnly());
    }
    return labels.orElseThrow();
  }

  /** A copy of the patch with 0 for all pixels that are not the object's. */
  public Patch masked() {
    NdArray pixels = NdArray.zeros(patch.type(), patch.shape());
    mask.paste(patch.pixels(), pixels);
    return Patch.of(pixels, patch.axes(), patch.pixelSize(), patch.box());
  }

  /** Which pixels of {@link #patch} are the object's: those to look at. */
  public Mask mask() {
    return mask;
  }

  /**
   * Which pixels of the result are kept: those of {@link #mask}, or all if the run writes whole
   * boxes. What a transform writes elsewhere is thrown away.
   */
  public Mask written() {
    return written;
  }

  /** Id of the object; of a uint64 label image its 64 bits. */
  public long label() {
    return label;
  }

  /**
   * An id for a new object that a transform makes inside this one: no pixel of the label image has
   * it, and no other new object gets it. The k-th call gives {@code label + k * largest}, k = 1, 2,
   * …, where {@code largest} is the largest id in the label image that is changed and of all
   * objects; so ids follow from the object and the order of the calls alone, not from tiles.
   *
   * @throws IllegalStateException if the transform does not say that it makes new labels
   * @throws IllegalArgumentException if pixels of the patch's type do not hold the id
   */
  public long newLabel() {
    return newLabels
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "A transform that asks for new label ids must say so: makesLabels()"))
        .next(patch.type());
  }

  /** The largest id there was before new ones; 0 if the transform makes none. */
  public long largestLabel() {
    return newLabels.map(NewLabels::largest).orElse(0L);
  }

  /**
   * Label of each channel of the patch, in its order; one where it has no channel axis, none in
   * label images. Channels without a name in the metadata are {@code channel_0}, …
   */
  public List<String> channelNames() {
    return channelNames;
  }

  /**
   * URI of the image that the object is of, also where it is of one of its label images; empty for
   * an object that was put together by hand.
   */
  public String image() {
    return image;
  }

  /** Takes what is to be counted in the run's manifest. */
  public Notes notes() {
    return notes;
  }

  public Axes axes() {
    return patch.axes();
  }

  public PixelSize pixelSize() {
    return patch.pixelSize();
  }

  /** The pixels of the box with that label id; 0 gives the background around the object. */
  public Mask maskOf(long id) {
    return Mask.of(labels(), id, patch.axes(), patch.shape());
  }

  /**
   * The label id at a pixel of the patch; of a uint64 label image its 64 bits.
   *
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public long labelAt(long flatIndex) {
    long[] place = patch.shape().index(Objects.checkIndex(flatIndex, (long) patch.size()));
    Patch ids = labels();
    long[] steps = MaskScan.labelStrides(ids, patch.axes(), patch.shape());
    long index = 0;
    for (int axis = 0; axis < steps.length; axis++) {
      index += place[axis] * steps[axis];
    }
    return ids.integer(index);
  }
}
