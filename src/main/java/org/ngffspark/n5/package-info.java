// SPDX-License-Identifier: Apache-2.0
/**
 * Images in containers of N5, by the conventions of the programs that use them, told in the words
 * of OME-NGFF 0.4: {@link org.ngffspark.n5.N5Image} is where to begin.
 */
package org.ngffspark.n5;
