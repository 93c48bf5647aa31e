// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

import java.util.Optional;

/** The version of this program. */
public final class ProductVersion {
  private ProductVersion() {}

  /** As the jar says; {@code development} where there is no jar. */
  public static String current() {
    return Optional.ofNullable(ProductVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
