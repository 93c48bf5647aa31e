// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ngffspark.ngff.Channel;

class ChannelSelectionTest {
  private static final List<Channel> CHANNELS =
      List.of(
          new Channel("DAPI", "A01_C01", Optional.empty(), Optional.empty()),
          new Channel("GFP", "A02_C02", Optional.empty(), Optional.empty()),
          new Channel("0", "A03_C03", Optional.empty(), Optional.empty()));

  private static int[] resolve(ChannelSelection selection) {
    return selection.resolve(CHANNELS, "the image");
  }

  @Test
  void channelsAreFoundByIndexLabelAndWavelength() {
    assertThat(resolve(ChannelSelection.all())).containsExactly(0, 1, 2);
    assertThat(resolve(ChannelSelection.indices(2, 0))).containsExactly(2, 0);
    assertThat(resolve(ChannelSelection.labels("GFP", "DAPI"))).containsExactly(1, 0);
    assertThat(resolve(ChannelSelection.wavelengths("A03_C03"))).containsExactly(2);
  }

  @Test
  void aNameIsALabelAWavelengthOrAnIndex() {
    assertThat(resolve(ChannelSelection.named(List.of("2", "1", "A01_C01", "GFP"))))
        .containsExactly(2, 1, 0, 1);
    assertThat(
            resolve(
                ChannelSelection.named(
                    List.of("index:0", "label:0", "wavelength:A02_C02", "label:GFP"))))
        .containsExactly(0, 2, 1, 1);
  }

  @Test
  void aNameThatFitsSeveralChannelsIsAnErrorThatSaysHowToNameEach() {
    assertThatThrownBy(() -> resolve(ChannelSelection.named(List.of("0"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'0' fits the channels [0, 2], by index, label or wavelength")
        .hasMessageContaining("index:0 or label:0");
    List<Channel> twins =
        List.of(
            new Channel("DAPI", "A01_C01", Optional.empty(), Optional.empty()),
            new Channel("DAPI", "A02_C02", Optional.empty(), Optional.empty()));
    assertThatThrownBy(() -> ChannelSelection.labels("DAPI").resolve(twins, "the image"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'DAPI' fits the channels [0, 1]");
  }

  @Test
  void anEmptySelectionIsAnErrorThatListsTheChannels() {
    for (ChannelSelection selection :
        new ChannelSelection[] {
          ChannelSelection.indices(),
          ChannelSelection.labels(),
          ChannelSelection.wavelengths(),
          ChannelSelection.named(List.of())
        }) {
      assertThat(selection.isAll()).isFalse();
      assertThat(selection).isNotEqualTo(ChannelSelection.all()).hasToString("channels []");
      assertThatThrownBy(() -> resolve(selection))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must name at least one")
          .hasMessageContaining("the image")
          .hasMessageContaining("[DAPI, GFP, 0]")
          .hasMessageContaining("[A01_C01, A02_C02, A03_C03]");
    }
  }

  @Test
  void allChannelsStayAllWhenSent() throws IOException, ClassNotFoundException {
    for (ChannelSelection selection :
        List.of(
            ChannelSelection.all(),
            ChannelSelection.named(List.of()),
            ChannelSelection.indices(2, 0))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(selection);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        ChannelSelection sent = (ChannelSelection) in.readObject();
        assertThat(sent).isEqualTo(selection).hasSameHashCodeAs(selection);
        assertThat(sent.isAll()).isEqualTo(selection.isAll());
      }
    }
  }

  @Test
  void aChannelThatIsNotThereIsAnErrorThatListsThoseThatAre() {
    for (ChannelSelection selection :
        new ChannelSelection[] {
          ChannelSelection.indices(3),
          ChannelSelection.indices(-1),
          ChannelSelection.labels("A01_C01"),
          ChannelSelection.wavelengths("DAPI"),
          ChannelSelection.named(List.of("01"))
        }) {
      assertThatThrownBy(() -> resolve(selection))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the image")
          .hasMessageContaining("[DAPI, GFP, 0]")
          .hasMessageContaining("[A01_C01, A02_C02, A03_C03]");
    }
  }
}
