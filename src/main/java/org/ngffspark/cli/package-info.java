// SPDX-License-Identifier: Apache-2.0
/** The commands: options in, exit code out. */
package org.ngffspark.cli;
