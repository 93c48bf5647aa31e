// SPDX-License-Identifier: Apache-2.0
/** Runs the tasks of images as Spark jobs. The only floor that knows Spark. */
package org.ngffspark.spark;
