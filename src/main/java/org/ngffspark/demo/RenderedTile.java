// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.demo;

import java.util.List;
import org.ngffspark.zarr.nd.NdArray;

/**
 * A piece of an image, every array with the axes y, x.
 *
 * @param channels uint16, one array each
 * @param nuclei uint32 label ids of the nuclei
 * @param cells uint32 label ids of the cell bodies
 */
public record RenderedTile(List<NdArray> channels, NdArray nuclei, NdArray cells) {

  public RenderedTile {
    channels = List.copyOf(channels);
  }
}
