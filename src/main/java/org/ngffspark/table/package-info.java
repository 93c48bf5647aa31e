// SPDX-License-Identifier: Apache-2.0

/**
 * Tables of a container: ROI, masking ROI, feature, condition and generic tables, stored as
 * AnnData, Parquet, CSV or JSON. {@link org.ngffspark.table.Tables} is the way in.
 */
package org.ngffspark.table;
