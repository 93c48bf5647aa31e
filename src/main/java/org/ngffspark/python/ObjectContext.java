// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ngffspark.image.MaskedPatch;
import org.ngffspark.image.Patch;
import org.ngffspark.roi.Axes;
import org.ngffspark.roi.PixelSize;
import org.ngffspark.zarr.nd.DataType;

/**
 * What the objects of an image, or of some of its channels, have in common; sent when it changes.
 *
 * @param type of the pixels
 * @param channelNames none in label images
 * @param labelType of the label ids; empty if the function does not ask for them
 * @param labelAxes of the label ids; none if the function does not ask for them
 * @param image URI of the image; empty if the function does not ask for it
 * @param largestLabel id that there is; 0 if the function does not ask for new ones
 */
record ObjectContext(
    DataType type,
    Axes axes,
    PixelSize pixelSize,
    List<String> channelNames,
    String labelType,
    List<String> labelAxes,
    String image,
    long largestLabel) {

  static ObjectContext of(MaskedPatch object, FunctionDescription function) {
    Patch patch = object.patch();
    boolean labels = function.wants("labels");
    return new ObjectContext(
        patch.type(),
        patch.axes(),
        patch.pixelSize(),
        object.channelNames(),
        labels ? object.labels().type().zarrName() : "",
        labels ? object.labels().axes().names() : List.of(),
        function.wants("image") ? object.image() : "",
        function.makesLabels() ? object.largestLabel() : 0);
  }

  String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type.zarrName());
    json.put("axes", String.join("", axes.names()));
    json.put("image", image);
    json.put("largest_label", largestLabel);
    json.put("label_type", labelType);
    json.put("label_axes", String.join("", labelAxes));
    // A label image has no channels, and its pixels are ids.
    json.put("ids", channelNames.isEmpty());
    channelNames.forEach(json.putArray("channel_names")::add);
    ArrayNode sizes = json.putArray("pixel_size");
    axes.axes().forEach(axis -> sizes.add(pixelSize.get(axis.name())));
    return json.toString();
  }
}
