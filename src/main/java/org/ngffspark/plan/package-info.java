// SPDX-License-Identifier: Apache-2.0
/** How a run is cut into tasks: labels and grids in, tiles and costs out. Plain data, no I/O. */
package org.ngffspark.plan;
