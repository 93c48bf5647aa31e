// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.measure;

/** What the values of one channel of an object come to in one walk over them. */
record ChannelSums(Intensities intensities, Centre centre) {}
