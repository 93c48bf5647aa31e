// SPDX-License-Identifier: Apache-2.0

/**
 * Transforms written in Python: a function on numpy arrays, applied by processes of Python that
 * this program starts and talks to over pipes. Start reading at {@link PythonTransform}; what
 * happens on the other side stands in the resources of this package, beginning with {@code
 * worker.py}.
 */
package org.ngffspark.python;
