// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.convert;

import java.util.Arrays;
import java.util.List;
import org.ngffspark.ngff.NgffVersion;
import org.ngffspark.ngff.VersionChange;
import org.ngffspark.zarr.ZarrFormat;

/** What images are written as. */
public enum OutputForm {
  NGFF_0_4("0.4"),
  NGFF_0_5("0.5"),
  NGFF_0_6("0.6"),
  N5("n5");

  private final String text;

  OutputForm(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException if it is none of them
   */
  public static OutputForm of(String text) {
    return Arrays.stream(values())
        .filter(form -> form.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A format must be one of "
                        + List.of(values()).stream().map(OutputForm::toString).toList()
                        + ", got '"
                        + text
                        + "'"));
  }

  public VersionChange change() {
    return switch (this) {
      case NGFF_0_4 -> VersionChange.to(NgffVersion.V0_4);
      case NGFF_0_5 -> VersionChange.to(NgffVersion.V0_5);
      case NGFF_0_6 -> VersionChange.to(NgffVersion.V0_6);
      case N5 -> VersionChange.toN5();
    };
  }

  /** Whether chunks can be put together in shards. */
  boolean hasShards() {
    return change().format() == ZarrFormat.V3;
  }

  @Override
  public String toString() {
    return text;
  }
}
