// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.Optional;

/**
 * A channel as the {@code omero} metadata name it.
 *
 * @param label the name; {@code channel_<index>} where metadata give none
 * @param wavelengthId the {@code wavelength_id}; the label where metadata give none
 * @param color six hexadecimal digits, red green blue
 */
public record Channel(
    String label, String wavelengthId, Optional<String> color, Optional<ChannelWindow> window) {

  /** A channel whose wavelength is named as its label, without colour or window. */
  public static Channel of(String label) {
    return new Channel(label, label, Optional.empty(), Optional.empty());
  }

  /** The name of a channel that has none in metadata. */
  public static Channel unnamed(int index) {
    return of("channel_" + index);
  }
}
