// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.ngff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ngffspark.n5.N5Image;
import org.ngffspark.zarr.ZarrFormat;
import org.ngffspark.zarr.json.JsonView;

/**
 * How OME metadata lie in the attributes of a group. Version and Zarr format belong together in the
 * specifications (0.4 on v2; 0.5 and 0.6 on v3), but not in all files. Images of N5 are told as
 * 0.4.
 *
 * @param tag the version as it is written, which may be that of a pre-release
 */
record OmeForm(NgffVersion version, String tag, ZarrFormat format, Place place) {
  static final String OME = "ome";
  static final String VERSION = "version";

  /** Where among the attributes. */
  enum Place {
    /** They are the attributes, as in 0.4. */
    ATTRIBUTES,
    /** They are the attribute {@code ome}, as from 0.5 on. */
    OME
  }

  /** What the specification of that version asks for. */
  static OmeForm of(NgffVersion version) {
    Place place = version == NgffVersion.V0_4 ? Place.ATTRIBUTES : Place.OME;
    return new OmeForm(version, version.text(), version.format(), place);
  }

  /** The file that holds a group's attributes. */
  static String attributesFile(ZarrFormat format) {
    return switch (format) {
      case V2 -> ".zattrs";
      case V3 -> "zarr.json";
      case N5 -> "attributes.json";
    };
  }

  /** All attributes of a group. */
  static JsonView attributes(ZarrFormat format, String group, ObjectNode attributes) {
    String field = format == ZarrFormat.V3 ? "attributes" : "";
    return new JsonView(group + "/" + attributesFile(format), field, attributes);
  }

  /** The attributes of a new group that hold these metadata. */
  ObjectNode wrap(ObjectNode ome) {
    if (format == ZarrFormat.N5) {
      return N5Image.attributes(ome);
    }
    if (place == Place.ATTRIBUTES) {
      return ome.deepCopy();
    }
    ObjectNode attributes = ome.objectNode();
    attributes.putObject(OME).put(VERSION, tag).setAll(ome.deepCopy());
    return attributes;
  }
}
