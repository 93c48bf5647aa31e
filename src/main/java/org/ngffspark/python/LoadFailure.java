// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.JsonNode;

/** Why a function could not be loaded, in words. */
final class LoadFailure {
  private LoadFailure() {}

  /**
   * @param name of the function
   * @param told what the process answered
   */
  static String text(String name, JsonNode told) {
    String summary = told.path("summary").asText();
    return switch (told.path("kind").asText()) {
      case "missing" -> summary;
      case "contract" -> "Transform '" + name + "' cannot be used: " + summary;
      default ->
          "Transform '"
              + name
              + "' cannot be loaded: "
              + summary
              + advice(summary)
              + "\n"
              + told.path("traceback").asText();
    };
  }

  private static String advice(String summary) {
    return summary.startsWith("ModuleNotFoundError")
        ? ". It must be installed for that Python, or be given to all machines with --py-files"
        : "";
  }
}
