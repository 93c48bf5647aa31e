// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.transform;

import java.io.Serializable;
import java.util.function.DoubleUnaryOperator;

/** A function of a pixel's value that can be sent to other machines, as lambdas can be. */
@FunctionalInterface
public interface ValueFunction extends DoubleUnaryOperator, Serializable {}
