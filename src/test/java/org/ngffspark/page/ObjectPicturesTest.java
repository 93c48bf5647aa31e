// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectPicturesTest {
  private static String outline(int width, int height, int... mask) {
    byte[] bytes = new byte[mask.length];
    for (int i = 0; i < mask.length; i++) {
      bytes[i] = (byte) mask[i];
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putObject("frame").put("width", width).put("height", height).put("mask", bytes);
    return new ObjectPictures(JsonNodeFactory.instance.objectNode(), object, Map.of()).outline();
  }

  @Test
  void anOutlineGoesRoundTheObjectAlsoAtTheEdgesOfThePicture() {
    assertThat(outline(2, 2, 1, 1, 1, 1)).isEqualTo("M0 0v2M2 0v2M0 0h2M0 2h2");
    assertThat(outline(3, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0)).isEqualTo("M1 1v1M2 1v1M1 1h1M1 2h1");
    assertThat(outline(3, 1, 1, 0, 1))
        .isEqualTo("M0 0v1M1 0v1M2 0v1M3 0v1M0 0h1M2 0h1M0 1h1M2 1h1");
    assertThat(outline(2, 1, 0, 0)).isEmpty();
  }
}
