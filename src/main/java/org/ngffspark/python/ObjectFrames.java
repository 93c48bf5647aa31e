// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.ngffspark.image.Mask;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.zarr.nd.Shape;

/** Sends objects to a process of Python, and takes the results. Not safe for several threads. */
final class ObjectFrames {
  private final Wire wire;
  private final FunctionDescription function;
  private byte[] mask = new byte[0];

  ObjectFrames(Wire wire, FunctionDescription function) {
    this.wire = wire;
    this.function = function;
  }

  void send(List<MaskedPatch> objects) throws IOException {
    long length = Integer.BYTES + objects.stream().mapToLong(this::bytes).sum();
    wire.begin(Frame.APPLY, length);
    wire.writeInt(objects.size());
    for (MaskedPatch object : objects) {
      send(object);
    }
    wire.flush();
  }

  private long bytes(MaskedPatch object) {
    Patch patch = object.patch();
    long bytes = (1L + 2L * patch.axes().rank()) * Long.BYTES + patch.pixels().bytes().length;
    if (function.wants("mask")) {
      bytes += patch.size();
    }
    if (function.wants("labels")) {
      Patch labels = object.labels();
      bytes += (long) labels.axes().rank() * Long.BYTES + labels.pixels().bytes().length;
    }
    return bytes;
  }

  private void send(MaskedPatch object) throws IOException {
    Patch patch = object.patch();
    wire.writeLong(object.label());
    send(patch.shape());
    for (int axis = 0; axis < patch.axes().rank(); axis++) {
      wire.writeLong(patch.box().start(axis));
    }
    boolean labels = function.wants("labels");
    if (labels) {
      send(object.labels().shape());
    }
    wire.write(patch.pixels().bytes(), patch.pixels().bytes().length);
    if (function.wants("mask")) {
      send(object.mask());
    }
    if (labels) {
      byte[] ids = object.labels().pixels().bytes();
      wire.write(ids, ids.length);
    }
  }

  private void send(Shape shape) throws IOException {
    for (int axis = 0; axis < shape.rank(); axis++) {
      wire.writeLong(shape.get(axis));
    }
  }

  private void send(Mask pixels) throws IOException {
    int size = (int) pixels.shape().elements();
    if (mask.length < size) {
      mask = new byte[size];
    }
    byte[] flags = mask;
    pixels.forEachRun((start, length) -> Arrays.fill(flags, start, start + length, (byte) 1));
    wire.write(flags, size);
    pixels.forEachRun((start, length) -> Arrays.fill(flags, start, start + length, (byte) 0));
  }

  /**
   * Takes the result of the next object that was sent.
   *
   * @throws PythonException if the function failed
   */
  void take(MaskedPatch object, Patch result) throws IOException {
    Wire.Head head = wire.head();
    if (head.kind() == Frame.NOTES) {
      wire.json(head).forEach(note -> object.notes().add(note.asText()));
      head = wire.head();
    }
    if (head.kind() == Frame.FAILED) {
      throw failure(wire.json(head), object.patch());
    }
    byte[] pixels = result.pixels().bytes();
    if (head.kind() != Frame.RESULT || head.length() != pixels.length) {
      throw new IllegalStateException(
          "A result of " + pixels.length + " bytes was expected, got " + head);
    }
    wire.read(pixels, pixels.length);
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
