// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

/**
 * Where the input of a run is served by http or https; of several inputs, the folder that they lie
 * in, each by its name.
 *
 * @param text without slashes at its end
 */
public record BaseUrl(String text) {
  /**
   * @throws IllegalArgumentException if it is no URL of http or https, or has a query or fragment,
   *     behind which no path can go
   */
  public BaseUrl {
    if (!text.matches("https?://[^\\s?#]+")) {
      throw new IllegalArgumentException(
          "--base-url is where the input is served, as https://example.org/plate.zarr; got '"
              + text
              + "'");
    }
    text = text.replaceFirst("/+$", "");
  }
}
