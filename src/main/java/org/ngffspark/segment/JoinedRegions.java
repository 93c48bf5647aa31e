// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.segment;

import java.util.List;

/**
 * Which object each region of each tile belongs to.
 *
 * @param ids for each tile the id of the object of each region, those above first, then those
 *     below; 0 for none
 * @param objects number of objects
 */
record JoinedRegions(List<long[]> ids, int objects) {}
