// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.job;

/** Stands for what tasks do not send, or do not return. There is no value. */
public enum Nothing {}
