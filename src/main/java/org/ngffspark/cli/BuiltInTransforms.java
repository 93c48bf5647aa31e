// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import java.util.ArrayList;
import org.ngffspark.transform.MaskedTransform;
import org.ngffspark.transform.Transforms;

/** The names of the built-in transforms, for completion. */
final class BuiltInTransforms extends ArrayList<String> {
  private static final long serialVersionUID = 1L;

  BuiltInTransforms() {
    super(Transforms.builtIn().stream().map(MaskedTransform::name).toList());
  }
}
