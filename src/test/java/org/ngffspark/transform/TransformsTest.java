// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.image.Patches;
import org.ngffspark.roi.Axes;
import org.ngffspark.zarr.nd.DataType;
import org.ngffspark.zarr.nd.Shape;

class TransformsTest {
  private static final Axes YX = Axes.of("y", "x");
  private static final Map<String, Map<String, String>> REQUIRED =
      Map.of(
          "fill", Map.of("value", "9"),
          "gamma", Map.of("gamma", "0.5"),
          "clip", Map.of("max", "100"),
          "gaussian-blur", Map.of("sigma", "1"),
          "median", Map.of("size", "3"),
          "relabel", Map.of("to", "44"),
          "erode", Map.of("radius", "1.2"));

  private final Transforms transforms = Transforms.of(getClass().getClassLoader());

  @Test
  void builtInNamesAreThoseOfTheDesignInAlphabeticalOrder() {
    assertThat(Transforms.builtIn())
        .extracting(MaskedTransform::name)
        .containsExactly(
            "affine",
            "clear",
            "clip",
            "erase",
            "erode",
            "fill",
            "gamma",
            "gaussian-blur",
            "invert",
            "keep-largest",
            "median",
            "normalize",
            "relabel",
            "subtract-background");
  }

  @Test
  void everyBuiltInTransformSaysWhatItDoes() {
    for (MaskedTransform transform : Transforms.builtIn()) {
      assertThat(transform.description()).as(transform.name()).isNotEmpty();
      assertThat(transform.channelwise()).as(transform.name()).isTrue();
      assertThat(transform.parameters())
          .as(transform.name())
          .allSatisfy(parameter -> assertThat(parameter.help()).isNotEmpty());
    }
  }

  @Test
  void configuredTransformsWorkTheSameAfterJavaSerialization() throws Exception {
    for (MaskedTransform builtIn : Transforms.builtIn()) {
      Map<String, String> given = REQUIRED.getOrDefault(builtIn.name(), Map.of());
      MaskedTransform transform = transforms.find(builtIn.name(), given);
      Patch before = apply(transform);
      MaskedTransform arrived = roundTrip(transform);
      assertThat(arrived.name()).isEqualTo(builtIn.name());
      assertThat(apply(arrived).pixels().bytes())
          .as(builtIn.name())
          .isEqualTo(before.pixels().bytes());
    }
  }

  private static Patch apply(MaskedTransform transform) {
    Patch patch = Patches.of(DataType.UINT16, YX, Shape.of(2, 4), 1, 50, 7, 0, 9, 300, 2, 2);
    Patch labels = Patches.of(DataType.UINT8, YX, Shape.of(2, 4), 1, 1, 1, 0, 1, 1, 0, 1);
    Patch result = patch.copy();
    transform.apply(MaskedPatch.of(patch, labels, 1, List.of()), result);
    return result;
  }

  private static MaskedTransform roundTrip(MaskedTransform transform)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(transform);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (MaskedTransform) in.readObject();
    }
  }

  @Test
  void aClassIsFoundByItsName() {
    MaskedTransform found = transforms.find(AddOne.class.getName());
    assertThat(found).isInstanceOf(AddOne.class);
    assertThat(found.name()).isEqualTo(AddOne.class.getName());
    assertThat(found.target()).isEqualTo(TransformTarget.IMAGES);
    assertThat(found.channelwise()).isFalse();
  }

  @Test
  void anUnknownNameListsThoseThereAre() {
    assertThatThrownBy(() -> transforms.find("afine"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No transform or class 'afine'; there are [affine, clear, ")
        .hasMessageContaining("--jars");
  }

  @Test
  void aClassThatIsNoTransformIsRefused() {
    assertThatThrownBy(() -> transforms.find("java.lang.String"))
        .hasMessage("Class 'java.lang.String' is not a org.ngffspark.transform.MaskedTransform");
    assertThatThrownBy(() -> transforms.find(MaskedTransform.class.getName()))
        .hasMessageEndingWith("is abstract");
  }

  @Test
  void aClassThatCannotBeMadeSaysWhy() {
    String needed = "must be public with a public constructor without arguments";
    assertThatThrownBy(() -> transforms.find(NeedsAnArgument.class.getName()))
        .hasMessage("Class '" + NeedsAnArgument.class.getName() + "' " + needed);
    assertThatThrownBy(() -> transforms.find(Affine.class.getName())).hasMessageEndingWith(needed);
    assertThatThrownBy(() -> transforms.find(FailsToStart.class.getName()))
        .hasMessageContaining("constructor of")
        .hasMessageEndingWith("IllegalStateException: no model");
  }

  @Test
  void aTransformThatCannotBeSentIsRefusedBeforeTheRun() {
    assertThatThrownBy(() -> transforms.find(HoldsAThread.class.getName(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("serializable or transient")
        .hasMessageContaining("java.lang.Thread");
  }

  /** Adds 1 to each pixel. */
  public static final class AddOne implements MaskedTransform {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(MaskedPatch object, Patch result) {
      object
          .mask()
          .forEachRun(
              (start, length) -> {
                for (int i = start; i < start + length; i++) {
                  result.set(i, object.patch().value(i) + 1);
                }
              });
    }
  }

  /** Has no constructor without arguments. */
  public record NeedsAnArgument(int value) implements MaskedTransform {
    @Override
    public void apply(MaskedPatch object, Patch result) {}
  }

  /** Fails in its constructor. */
  public static final class FailsToStart implements MaskedTransform {
    private static final long serialVersionUID = 1L;

    public FailsToStart() {
      throw new IllegalStateException("no model");
    }

    @Override
    public void apply(MaskedPatch object, Patch result) {}
  }

  /** Has a field that Java does not serialize. */
  public static final class HoldsAThread implements MaskedTransform {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private final Thread thread = Thread.currentThread();

    @Override
    public void apply(MaskedPatch object, Patch result) {}
  }
}
