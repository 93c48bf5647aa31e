// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/**
 * One object at one time point, put together from all parts of the image that it lies in: its mask,
 * and the values of each measured channel inside the mask. Not safe for several threads.
 */
public final class MeasuredObject {
  private final MeasuredImage image;
  private final long label;
  private final int time;
  private final ObjectMask mask;
  private final List<ObjectChannel> channels;
  private final ObjectTools tools;

  // What several features share, made when first asked for.
  private final Lazy<Moments> moments;
  private final Lazy<Inertia> inertia;
  private final Lazy<MaskBits> bits;
  private final Lazy<WindowCounts> windows;
  private final Lazy<ConvexPlane> convexPlane;
  private final Lazy<ConvexVolume> convexVolume;
  private final Lazy<double[]> hu;
  private final List<Lazy<Intensities>> intensities = new ArrayList<>();
  private final List<Lazy<Centre>> weightedCentres = new ArrayList<>();
  private final List<Lazy<double[]>> weightedHu = new ArrayList<>();
  private final List<Lazy<double[]>> textures = new ArrayList<>();

  /**
   * @param label id of the object
   * @param time index of the time point; 0 where the image has no time axis
   * @param channels those of the image that are measured
   */
  MeasuredObject(
      MeasuredImage image,
      long label,
      int time,
      ObjectMask mask,
      List<ObjectChannel> channels,
      ObjectTools tools) {
    this.image = image;
    this.label = label;
    this.time = time;
    this.mask = mask;
    this.channels = List.copyOf(channels);
    this.tools = tools;
    this.moments = new Lazy<>(() -> Moments.of(mask));
    this.inertia = new Lazy<>(() -> Inertia.of(moments(), image.spacing()));
    this.bits = new Lazy<>(() -> MaskBits.of(mask));
    this.windows = new Lazy<>(() -> WindowCounts.of(bits()));
    this.convexPlane = new Lazy<>(() -> ConvexPlane.of(mask));
    this.convexVolume = new Lazy<>(() -> ConvexVolume.of(mask));
    this.hu = new Lazy<>(() -> moments().hu());
    for (ObjectChannel channel : channels) {
      intensities.add(new Lazy<>(channel::intensities));
      weightedCentres.add(new Lazy<>(channel::centre));
      weightedHu.add(new Lazy<>(() -> Moments.of(mask, channel.values()).hu()));
      textures.add(new Lazy<>(() -> texture(channel.values())));
    }
  }

  private double[] texture(ChannelValues channel) {
    return Texture.of(mask, channel, tools.grayLevels());
  }

  private static final class Lazy<T> {
    private final Supplier<T> source;
    private Optional<T> value = Optional.empty();

    Lazy(Supplier<T> source) {
      this.source = source;
    }

    T get() {
      if (value.isEmpty()) {
        value = Optional.of(source.get());
      }
      return value.get();
    }
  }

  /** What all objects of the image have in common. */
  public MeasuredImage image() {
    return image;
  }

  /** Id of the object; of a uint64 label image its 64 bits. */
  public long label() {
    return label;
  }

  /** Index of the time point; 0 where the image has no time axis. */
  public int time() {
    return time;
  }

  /** The pixels of the object. */
  public ObjectMask mask() {
    return mask;
  }

  /**
   * The values of a channel inside the mask, in the order of its runs.
   *
   * @param channel number of the channel among those of {@link MeasuredImage#channels}
   */
  public ChannelValues values(int channel) {
    return channels.get(channel).values();
  }

  /** Whether {@link #values} are known: they may have been summed up where they lay. */
  public boolean hasValues() {
    return channels.stream().allMatch(ObjectChannel::hasValues);
  }

  boolean isPlane() {
    return image.dimensions() == 2;
  }

  /** Area in 2D, volume in 3D. */
  double area() {
    return mask.pixels() * image.spacing().pixel();
  }

  double convexArea() {
    long pixels = isPlane() ? convexPlane.get().pixels() : convexVolume.get().pixels();
    return pixels * image.spacing().pixel();
  }

  double feretDiameter() {
    Spacing spacing = image.spacing();
    return isPlane()
        ? convexPlane.get().feretDiameter(spacing.y(), spacing.x())
        : convexVolume.get().feretDiameter(spacing);
  }

  long eulerNumber() {
    return isPlane() ? windows.get().eulerNumber() : VolumeEuler.of(bits());
  }

  double perimeter() {
    return squarePixel() * Perimeter.ofBorderPixels(bits());
  }

  double croftonPerimeter() {
    return squarePixel() * Perimeter.ofCrossings(windows.get());
  }

  /** Perimeters are defined for square pixels only. */
  private double squarePixel() {
    return image.spacing().isSquare() ? image.spacing().y() : Double.NaN;
  }

  /** In world units from the first pixel of the image; axes as {@link Spacing#along} has them. */
  double centroid(int axis) {
    return place(axis, moments()::centroid);
  }

  /** As {@link #centroid}, each pixel weighted with its value. */
  double weightedCentroid(int axis, int channel) {
    return place(axis, weightedCentres.get(channel).get()::along);
  }

  private double place(int axis, IntToDoubleFunction inBox) {
    int number = axis + ObjectMask.AXES - image.dimensions();
    return (mask.low(number) + inBox.applyAsDouble(number)) * image.spacing().along(axis);
  }

  Moments moments() {
    return moments.get();
  }

  Inertia inertia() {
    return inertia.get();
  }

  private MaskBits bits() {
    return bits.get();
  }

  double hu(int index) {
    return hu.get()[index];
  }

  Intensities intensities(int channel) {
    return intensities.get(channel).get();
  }

  double weightedHu(int index, int channel) {
    return weightedHu.get(channel).get()[index];
  }

  double texture(int index, int channel) {
    return textures.get(channel).get()[index];
  }

  /** Whether the object reaches the first or the last pixel of the image along an axis. */
  boolean touchesBorder() {
    boolean plane =
        mask.y() == 0
            || mask.x() == 0
            || mask.y() + mask.height() == image.height()
            || mask.x() + mask.width() == image.width();
    return plane || !isPlane() && (mask.z() == 0 || mask.z() + mask.depth() == image.depth());
  }

  @Override
  public String toString() {
    return "object " + label + ", " + mask;
  }
}
