// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr.web;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ngffspark.zarr.store.StoreException;

/**
 * Which part of a value was sent (RFC 9110, section 14.4).
 *
 * @param first offset of the first byte
 * @param length bytes that were sent; none if the range does not lie in the value
 * @param total bytes of the value
 */
record ContentRange(long first, long length, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18})");

  /**
   * @throws StoreException if the header is missing, or does not say all of it
   */
  static ContentRange of(HttpResponse<?> response) {
    String header = response.headers().firstValue("Content-Range").orElse("");
    Matcher form = FORM.matcher(header);
    if (!form.matches()) {
      throw new StoreException(
          "read",
          response.uri().toString(),
          "the server answered a range request with Content-Range '"
              + header
              + "'; expected 'bytes first-last/length'");
    }
    long total = Long.parseLong(form.group(3));
    if (form.group(1) == null) {
      return new ContentRange(0, 0, total);
    }
    long first = Long.parseLong(form.group(1));
    return new ContentRange(first, Long.parseLong(form.group(2)) - first + 1, total);
  }
}
