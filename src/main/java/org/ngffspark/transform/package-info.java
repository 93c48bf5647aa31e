// SPDX-License-Identifier: Apache-2.0

/**
 * What is done to one object: the interface that users implement, its parameters, and the
 * transforms that come with the program. No input and output, no Spark.
 */
package org.ngffspark.transform;
