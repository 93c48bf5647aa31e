// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.util.Map;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;

/** Shortcuts to built-in transforms for tests. */
final class BuiltIn {
  private BuiltIn() {}

  static MaskedTransform transform(String name, Map<String, String> given) {
    return Transforms.of(BuiltIn.class.getClassLoader()).find(name, given);
  }

  /** The result of a built-in transform on one object. */
  static Patch apply(String name, Map<String, String> given, MaskedPatch object) {
    Patch result = object.patch().copy();
    transform(name, given).apply(object, result);
    return result;
  }
}
