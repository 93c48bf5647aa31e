// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

/** What the values of a parameter are. */
public enum ParameterType {
  NUMBER("a number"),
  INTEGER("a whole number"),
  LABEL("a label id"),
  TEXT("a text");

  private final String words;

  ParameterType(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
