// SPDX-License-Identifier: Apache-2.0
/**
 * Tables that a run writes into images as a whole or not at all. Start at {@link
 * org.ngffspark.tables.TableChange}.
 */
package org.ngffspark.tables;
