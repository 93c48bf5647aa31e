// SPDX-License-Identifier: Apache-2.0
/**
 * The page of a run: one HTML file that needs no network. {@link org.ngffspark.page.RunPage} keeps
 * it while a run goes on; {@link org.ngffspark.page.RunLines} reads what it is made of, so that it
 * can be made again afterwards.
 */
package org.ngffspark.page;
