// SPDX-License-Identifier: Apache-2.0
/** Named bytes on a file system or an object store, written whole or not at all. */
package org.ngffspark.zarr.store;
