// SPDX-License-Identifier: Apache-2.0
/**
 * The objects of images as a table of Spark SQL. {@link org.ngffspark.sql.NgffSource} is where to
 * begin.
 */
package org.ngffspark.sql;
