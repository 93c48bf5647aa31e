// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.chunks;

/** The run changes no container. */
public record NoOutput() implements ImageOutput {}
