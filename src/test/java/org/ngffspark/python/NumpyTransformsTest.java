// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.AxisName;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Parameters;
import org.ngffspark.transform.Transforms;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.DataType.Kind;

/** The built-in transforms written in numpy give the bytes of those in Java. */
@NeedsPython
class NumpyTransformsTest {
  private static final String FILE = "src/test/python/numpy_transforms.py";
  private static final List<Axes> AXES =
      List.of(Axes.of("y", "x"), Axes.of("c", "z", "y", "x"), Axes.of("t", "c", "y", "x"));

  @ParameterizedTest
  @EnumSource
  void giveTheSameBytes(DataType type) {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    for (Map.Entry<String, Map<String, String>> each : cases(type).entrySet()) {
      MaskedTransform java = inJava(each.getKey(), each.getValue());
      MaskedTransform python = inPython(each.getKey(), each.getValue());
      assertThat(python.channelwise()).isEqualTo(java.channelwise());
      for (Axes axes : AXES) {
        for (int round = 0; round < 4; round++) {
          MaskedPatch object = object(type, axes, random);
          Patch expected = apply(java, object);
          Patch result = object.patch().copy();
          object.mask().paste(apply(python, copy(object)).pixels(), result.pixels());
          String what = "seed " + seed + ", " + each + " of " + object.patch();
          if (each.getKey().equals("gaussian-blur")) {
            requireNear(result, expected, what);
          } else {
            assertThat(result.pixels().bytes()).as(what).isEqualTo(expected.pixels().bytes());
          }
        }
      }
    }
  }

  private static Map<String, Map<String, String>> cases(DataType type) {
    Map<String, Map<String, String>> cases = new LinkedHashMap<>();
    cases.put("fill", Map.of("value", "3.5"));
    cases.put("affine", Map.of("scale", "-0.7", "offset", "12.5"));
    // The last bit of other powers of float64 differs between libraries.
    cases.put("gamma", Map.of("gamma", type.bytes() == Long.BYTES ? "2" : "0.6", "max", "250"));
    cases.put("clip", Map.of("min", "2.5"));
    cases.put("invert", Map.of());
    cases.put("normalize", Map.of("low", "5", "high", "90"));
    cases.put("gaussian-blur", Map.of("sigma", "1.1"));
    cases.put("median", Map.of("size", "3"));
    cases.put("subtract-background", Map.of("percentile", "40"));
    cases.put("erase", Map.of("percentile", "60"));
    return cases;
  }

  private static MaskedTransform inJava(String name, Map<String, String> given) {
    return Transforms.of(NumpyTransformsTest.class.getClassLoader()).find(name, given);
  }

  private static MaskedTransform inPython(String name, Map<String, String> given) {
    PythonFunction function = PythonFunction.of(FILE + ":" + name.replace('-', '_'));
    PythonTransform transform = PythonTransform.load(function, TestPython.settings());
    return transform.configure(Parameters.of(transform, given));
  }

  private static MaskedPatch object(DataType type, Axes axes, SplittableRandom random) {
    long[] shape =
        axes.names().stream().mapToLong(name -> 1 + random.nextInt(most(name))).toArray();
    Patch patch = Patches.zeros(type, axes, shape);
    // Doubles hold all of these: an object without ring that keeps its pixels keeps all their bits.
    int bits = type.kind() == Kind.BOOL ? 1 : Math.min(52, Byte.SIZE * type.bytes());
    for (int i = 0; i < patch.size(); i++) {
      long whole = random.nextLong() >>> (Long.SIZE - bits);
      boolean signed = type.kind() == Kind.SIGNED;
      patch.set(
          i,
          type.isFloat()
              ? random.nextInt(-40, 400) / 64.0
              : signed ? whole - (1L << (bits - 1)) : whole);
    }
    Axes labelAxes = axes.without(AxisName.C);
    long[] labelShape =
        labelAxes.names().stream().mapToLong(name -> shape[axes.names().indexOf(name)]).toArray();
    Patch labels = Patches.zeros(DataType.UINT32, labelAxes, labelShape);
    for (int i = 0; i < labels.size(); i++) {
      boolean same = i > 0 && random.nextInt(4) > 0;
      labels.setInteger(i, same ? labels.integer(i - 1L) : random.nextInt(4));
    }
    List<String> channels = List.of("a", "b", "c").subList(0, patch.length(AxisName.C));
    return MaskedPatch.of(patch, labels, 1, channels);
  }

  private static int most(String axis) {
    return axis.equals("y") || axis.equals("x") ? 12 : 3;
  }

  private static MaskedPatch copy(MaskedPatch object) {
    return MaskedPatch.of(object.patch(), object.labels(), object.label(), object.channelNames());
  }

  private static Patch apply(MaskedTransform transform, MaskedPatch object) {
    Patch result = object.patch().copy();
    transform.apply(object, result);
    return result;
  }

  private static void requireNear(Patch result, Patch expected, String what) {
    for (int i = 0; i < result.size(); i++) {
      double value = expected.value(i);
      double off = result.type().isFloat() ? 1e-3 * Math.abs(value) : 1;
      assertThat(Math.abs(result.value(i) - value))
          .as(what)
          .isLessThanOrEqualTo(off + 1e-9 * Math.abs(value));
    }
  }
}
