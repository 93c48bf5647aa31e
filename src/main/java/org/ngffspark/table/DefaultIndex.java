// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.table;

/** The index of a table whose attributes name none. */
record DefaultIndex(String key, IndexType type) {}
