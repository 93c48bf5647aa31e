// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.imagej;

/** Runs a macro on planes, one at a time. It is the same class in and out of ImageJ's loader. */
public interface PlaneMacro {
  /**
   * Runs the macro on one plane.
   *
   * @param pixels {@code byte[]} or {@code short[]} without sign, or {@code float[]}; x fastest
   * @param mask of the same plane, 0 outside the object; at least one pixel is inside
   * @return the plane afterwards, as one of these types
   * @throws IllegalStateException if the macro fails, with its line
   */
  Object run(Object pixels, int width, int height, byte[] mask);
}
