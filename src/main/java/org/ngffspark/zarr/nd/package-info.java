// SPDX-License-Identifier: Apache-2.0
/** Shapes, boxes, chunk grids and elements in memory: values and arithmetic without any files. */
package org.ngffspark.zarr.nd;
