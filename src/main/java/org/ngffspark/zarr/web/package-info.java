// SPDX-License-Identifier: Apache-2.0
/** Images on web servers, read by ranges. */
package org.ngffspark.zarr.web;
