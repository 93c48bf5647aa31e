// SPDX-License-Identifier: Apache-2.0
/**
 * Stores on the file systems that a cluster has configured for Hadoop: HDFS with its renames, S3
 * with its conditional writes, others to read from and to write new files to.
 *
 * <p>Nobody names a class of this package: {@link org.ngffspark.zarr.store.StoreLocations} finds
 * {@link org.ngffspark.hadoop.HadoopStores} by the scheme of a URI.
 */
package org.ngffspark.hadoop;
