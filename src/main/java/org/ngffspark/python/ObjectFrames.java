// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.Shape;

/**
 * Sends objects to a process of Python, and takes the results. Pixels go through shared memory
 * where there is some and they fit, else over the pipe. Not safe for several threads.
 */
final class ObjectFrames {
  private final Wire wire;
  private final Optional<SharedPixels> shared;
  private final FunctionDescription function;
  private byte[] mask = new byte[0];

  /** Where the shared memory holds the patch of each object that was sent last. */
  private int[] places = new int[1];

  ObjectFrames(Wire wire, Optional<SharedPixels> shared, FunctionDescription function) {
    this.wire = wire;
    this.shared = shared;
    this.function = function;
  }

  /** Takes the elements of an array, and says where they are. */
  @FunctionalInterface
  private interface Pixels {
    int add(byte[] bytes, int length) throws IOException;
  }

  /** Index of the object after those that shared memory takes at once; at least one goes. */
  int fitting(List<MaskedPatch> objects, int from) {
    int to = from + 1;
    long pixels = pixelBytes(objects.get(from));
    while (shared.isPresent() && to < objects.size()) {
      pixels += pixelBytes(objects.get(to));
      if (!SharedPixels.holds(pixels, 3L * (to + 1 - from))) {
        break;
      }
      to++;
    }
    return to;
  }

  void send(List<MaskedPatch> objects) throws IOException {
    places = new int[objects.size()];
    long heads = Integer.BYTES + objects.stream().mapToLong(this::headBytes).sum();
    long pixels = objects.stream().mapToLong(this::pixelBytes).sum();
    if (shared.isPresent() && SharedPixels.holds(pixels, 3L * objects.size())) {
      shared.get().clear();
      wire.begin(Frame.APPLY_SHARED, heads);
      send(objects, shared.get()::add);
    } else {
      wire.begin(Frame.APPLY, heads + pixels);
      send(objects, this::overPipe);
    }
    wire.flush();
  }

  private int overPipe(byte[] bytes, int length) throws IOException {
    wire.write(bytes, length);
    return 0;
  }

  private void send(List<MaskedPatch> objects, Pixels pixels) throws IOException {
    wire.writeInt(objects.size());
    for (int i = 0; i < places.length; i++) {
      places[i] = send(objects.get(i), pixels);
    }
  }

  private long headBytes(MaskedPatch object) {
    int labelRank = function.wants("labels") ? object.labels().axes().rank() : 0;
    int maskAxes = function.wants("mask") ? 1 : 0;
    return (1L + 2L * object.patch().axes().rank() + maskAxes + labelRank) * Long.BYTES;
  }

  private long pixelBytes(MaskedPatch object) {
    Patch patch = object.patch();
    long bytes = patch.pixels().bytes().length;
    if (function.wants("mask")) {
      bytes += maskBytes(object.mask());
    }
    if (function.wants("labels")) {
      bytes += object.labels().pixels().bytes().length;
    }
    return bytes;
  }

  private int send(MaskedPatch object, Pixels pixels) throws IOException {
    Patch patch = object.patch();
    wire.writeLong(object.label());
    send(patch.shape());
    for (int axis = 0; axis < patch.axes().rank(); axis++) {
      wire.writeLong(patch.box().start(axis));
    }
    if (function.wants("mask")) {
      wire.writeLong(object.mask().sameAlong());
    }
    boolean labels = function.wants("labels");
    if (labels) {
      send(object.labels().shape());
    }
    int place = pixels.add(patch.pixels().bytes(), patch.pixels().bytes().length);
    if (function.wants("mask")) {
      send(object.mask(), pixels);
    }
    if (labels) {
      byte[] ids = object.labels().pixels().bytes();
      pixels.add(ids, ids.length);
    }
    return place;
  }

  private void send(Shape shape) throws IOException {
    for (int axis = 0; axis < shape.rank(); axis++) {
      wire.writeLong(shape.get(axis));
    }
  }

  /** Of what is the same all along some axes one index goes. */
  private static int maskBytes(Mask mask) {
    long size = 1;
    for (int axis = mask.sameAlong(); axis < mask.shape().rank(); axis++) {
      size *= mask.shape().get(axis);
    }
    return (int) size;
  }

  private void send(Mask object, Pixels pixels) throws IOException {
    int size = maskBytes(object);
    if (mask.length < size) {
      mask = new byte[size];
    }
    byte[] flags = mask;
    object.forEachRun(
        0, size, (start, length) -> Arrays.fill(flags, start, start + length, (byte) 1));
    pixels.add(flags, size);
    object.forEachRun(
        0, size, (start, length) -> Arrays.fill(flags, start, start + length, (byte) 0));
  }

  /**
   * Takes the results of the objects that were sent last.
   *
   * @throws PythonException if the function failed
   */
  void take(List<MaskedPatch> objects, List<Patch> results) throws IOException {
    for (int i = 0; i < places.length; i++) {
      take(places[i], objects.get(i), results.get(i));
    }
  }

  private void take(int place, MaskedPatch object, Patch result) throws IOException {
    Wire.Head head = wire.head();
    if (head.kind() == Frame.NOTES) {
      wire.json(head).forEach(note -> object.notes().add(note.asText()));
      head = wire.head();
    }
    byte[] pixels = result.pixels().bytes();
    switch (head.kind()) {
      case RESULT_SHARED -> shared.orElseThrow().read(place, pixels);
      case RESULT -> {
        if (head.length() != pixels.length) {
          throw unexpected(head, pixels.length);
        }
        wire.read(pixels, pixels.length);
      }
      case FAILED -> throw failure(wire.json(head), object.patch());
      default -> throw unexpected(head, pixels.length);
    }
  }

  private static IllegalStateException unexpected(Wire.Head head, int bytes) {
    return new IllegalStateException("A result of " + bytes + " bytes was expected, got " + head);
  }

  private static PythonException failure(JsonNode told, Patch patch) {
    String summary = told.path("summary").asText();
    String traced = summary + "\n" + told.path("traceback").asText();
    return switch (told.path("kind").asText()) {
      case "contract" -> PythonException.passing(contract(patch) + summary);
      case "memory" -> PythonException.last(traced);
      default -> PythonException.passing(traced);
    };
  }

  private static String contract(Patch patch) {
    return "it must return an array of shape "
        + tuple(patch.shape())
        + " (axes "
        + String.join("", patch.axes().names())
        + "), or change the patch in place and return None; it returned ";
  }

  private static String tuple(Shape shape) {
    return Arrays.toString(shape.toArray()).replace('[', '(').replace(']', ')');
  }
}
