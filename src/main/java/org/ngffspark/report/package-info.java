// SPDX-License-Identifier: Apache-2.0
/** What a run tells people and programs: progress, summary, manifest. */
package org.ngffspark.report;
