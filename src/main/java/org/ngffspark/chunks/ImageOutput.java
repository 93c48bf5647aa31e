// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

import java.io.Serializable;

/** Where the tasks of one image put write units, if the run writes any. */
public sealed interface ImageOutput extends Serializable permits StagedOutput, NoOutput {}
