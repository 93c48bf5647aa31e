// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ngffspark.measure.FeatureColumn;
import org.ngffspark.measure.MeasuredImage;
import org.ngffspark.measure.MeasuredObject;
import org.ngffspark.measure.ObjectFeatures;

/**
 * Features by a function of Python, which returns a dict of numbers by name. Its columns are those
 * that it returns for a small object made up for an image, so that all tasks know them: names may
 * follow from the axes, the channels and the type of an image, not from its pixels. A name that is
 * missing later is a missing number, one that is new an error.
 */
public final class PythonFeatures extends PythonExtension<ObjectFeatures, PythonFeatures>
    implements ObjectFeatures {
  private static final long serialVersionUID = 1L;

  // The driver may have another interpreter than the machines that measure: it asks by its own.
  private transient AnsweringFunction asked;

  // Asking costs a call, and every object of an image has the same columns.
  private transient Map<MeasuredImage, List<String>> names = new ConcurrentHashMap<>();

  private PythonFeatures(AnsweringFunction function, PythonSettings here) {
    super(function);
    asked = function.with(here);
  }

  /**
   * Loads a function {@code FILE.py:FUNCTION} here; errors are those of {@link
   * PythonTransform#load}.
   */
  public static PythonFeatures load(String text, PythonSettings settings) {
    return new PythonFeatures(AnsweringFunction.load(text, "features.py", settings), settings);
  }

  @Override
  PythonFeatures by(AnsweringFunction other) {
    return new PythonFeatures(other, asked.settings());
  }

  /**
   * @throws IllegalArgumentException if the function fails on an object made up for the image
   */
  @Override
  public List<FeatureColumn> columns(MeasuredImage image) {
    return names(image).stream().map(FeatureColumn::number).toList();
  }

  private List<String> names(MeasuredImage image) {
    return names.computeIfAbsent(image, this::ask);
  }

  private List<String> ask(MeasuredImage image) {
    try {
      List<String> found = new ArrayList<>();
      asked.answer(new MeasuredPatch(image).probe()).fieldNames().forEachRemaining(found::add);
      return found;
    } catch (PythonException failure) {
      throw new IllegalArgumentException(
          "Features '"
              + name()
              + "' fail on a small object of growing values, from which their names are learnt: "
              + failure.getMessage(),
          failure);
    }
  }

  /**
   * @throws IllegalArgumentException if the function returns a name that it had not before
   */
  @Override
  public double[] measure(MeasuredObject object) {
    List<String> columns = names(object.image());
    JsonNode answer = function.answer(new MeasuredPatch(object.image()).of(object));
    double[] numbers = new double[columns.size()];
    Arrays.fill(numbers, Double.NaN);
    answer
        .properties()
        .forEach(
            entry -> {
              int column = columns.indexOf(entry.getKey());
              if (column < 0) {
                throw new IllegalArgumentException(
                    "it returned '%s', which it had not for the object that names are learnt from: %s"
                        .formatted(entry.getKey(), columns));
              }
              numbers[column] = number(entry.getValue().asText());
            });
    return numbers;
  }

  /** Python writes floats in base 16 as Java does, but for those that are no numbers. */
  private static double number(String text) {
    return switch (text) {
      case "nan", "-nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    asked = function;
    names = new ConcurrentHashMap<>();
  }
}
