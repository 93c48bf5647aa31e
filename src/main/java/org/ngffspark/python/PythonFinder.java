// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.segment.ObjectFinder;

/**
 * Finds objects by a function of Python, which returns a label patch: an array of integers of the
 * shape of its patch, with or without the axis of channels.
 */
public final class PythonFinder extends PythonExtension<ObjectFinder, PythonFinder>
    implements ObjectFinder {
  private static final long serialVersionUID = 1L;

  private PythonFinder(AnsweringFunction function) {
    super(function);
  }

  /**
   * Loads a function {@code FILE.py:FUNCTION} here; errors are those of {@link
   * PythonTransform#load}.
   */
  public static PythonFinder load(String text, PythonSettings settings) {
    return new PythonFinder(AnsweringFunction.load(text, "finder.py", settings));
  }

  @Override
  PythonFinder by(AnsweringFunction other) {
    return new PythonFinder(other);
  }

  @Override
  public void find(MaskedPatch object, Patch result) {
    JsonNode answer = function.answer(object);
    List<Long> shape = new ArrayList<>();
    answer.path("shape").forEach(length -> shape.add(length.asLong()));
    if (!shape.equals(lengths(result)) && !shape.equals(lengths(object.patch()))) {
      throw new IllegalArgumentException(
          "it must return an array of shape %s, with an axis of channels or without: %s; it returned %s"
              .formatted(lengths(object.patch()), lengths(result), shape));
    }
    ByteBuffer ids = inflated(answer.path("data").asText(), result.size());
    for (int pixel = 0; pixel < result.size(); pixel++) {
      result.setInteger(pixel, Integer.toUnsignedLong(ids.getInt(Integer.BYTES * pixel)));
    }
  }

  private static List<Long> lengths(Patch patch) {
    List<Long> lengths = new ArrayList<>();
    for (long length : patch.shape().toArray()) {
      lengths.add(length);
    }
    return lengths;
  }

  private static ByteBuffer inflated(String data, int pixels) {
    byte[] bytes = new byte[Integer.BYTES * pixels];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(Base64.getDecoder().decode(data));
      int length = 0;
      while (length < bytes.length && !inflater.finished()) {
        length += inflater.inflate(bytes, length, bytes.length - length);
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    } catch (DataFormatException broken) {
      throw new IllegalStateException("Python told labels that cannot be read", broken);
    } finally {
      inflater.end();
    }
  }
}
