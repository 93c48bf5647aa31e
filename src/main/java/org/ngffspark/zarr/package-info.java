// SPDX-License-Identifier: Apache-2.0
/**
 * Arrays and groups of Zarr v2, Zarr v3 and N5, read and written strictly: what the specifications
 * do not say, or this library does not support, is an error that names the file and the value.
 * {@link org.ngffspark.zarr.ZarrArray} reads and writes boxes of numbers, {@link
 * org.ngffspark.zarr.StringArray} columns of strings, {@link org.ngffspark.zarr.Group} attributes.
 */
package org.ngffspark.zarr;
