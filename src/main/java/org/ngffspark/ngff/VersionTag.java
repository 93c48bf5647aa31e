// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ngffspark.zarr.json.JsonView;
import org.ngffspark.zarr.store.FormatException;

/**
 * A version as metadata give it: {@code 0.5}, but also {@code 0.6.dev4}, {@code 0.6rc0}, {@code
 * 0.5-dev-spatialdata}, or the number 0.4.
 */
record VersionTag(JsonView view) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?!\\d).*");

  String text() {
    return view.node().asText();
  }

  /**
   * The version that the tag stands for, pre-releases for the release to come.
   *
   * @return empty for versions before 0.4, and for what is no version
   */
  Optional<NgffVersion> release() {
    Matcher numbers = NUMBERS.matcher(text());
    if (!numbers.matches()) {
      return Optional.empty();
    }
    String release = numbers.group(1) + "." + numbers.group(2);
    for (NgffVersion version : NgffVersion.values()) {
      if (version.text().equals(release)) {
        return Optional.of(version);
      }
    }
    if (Double.parseDouble(release) > Double.parseDouble(NgffVersion.V0_6.text())) {
      throw unsupported();
    }
    return Optional.empty();
  }

  private FormatException unsupported() {
    return view.problem("must be 0.4, 0.5, 0.6 or a pre-release of these");
  }
}
