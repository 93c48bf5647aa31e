/** Values of metadata files that know where they stand, so that every complaint names the place. */
package org.ngffspark.zarr.json;
