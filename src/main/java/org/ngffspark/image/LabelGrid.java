// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.image;

/** Where the pixels of a label image lie. */
public enum LabelGrid {
  /** Where its metadata say: a label image of another resolution is resampled. */
  WORLD,
  /**
   * Where those of the image lie, whatever the metadata say: a label image of the same number of
   * pixels whose scale or translation nobody has written.
   */
  SAME
}
