// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request that came to an S3 server.
 *
 * @param kind what was asked
 * @param path bucket and key, percent-encoded, without query: {@code /bucket/key}
 */
public record S3Request(Kind kind, String path) {

  /** The operations of S3, as far as clients of files use them. */
  public enum Kind {
    /** A whole object. */
    GET,
    /** A part of an object. */
    RANGE_GET,
    HEAD,
    LIST,
    PUT,
    COPY,
    DELETE,
    BULK_DELETE,
    START_UPLOAD,
    PUT_PART,
    COMPLETE_UPLOAD,
    ABORT_UPLOAD,
    /** Uploads that are pending, or the parts of one. */
    LIST_UPLOADS,
    /** What buckets are asked besides: region, versioning. */
    OTHER
  }

  /**
   * Tells operations apart by method, query and headers, as the API reference of S3 does.
   *
   * @param target as in the request line: path and query
   * @param headers by names in lower case
   */
  static S3Request of(String method, String target, Map<String, String> headers) {
    int mark = target.indexOf('?');
    String query = mark < 0 ? "" : "&" + target.substring(mark + 1);
    String path = mark < 0 ? target : target.substring(0, mark);
    Kind kind =
        switch (method.toUpperCase(Locale.ROOT)) {
          case "GET" -> get(path, query, headers);
          case "HEAD" -> Kind.HEAD;
          case "PUT" -> put(query, headers);
          case "POST" -> post(query);
          case "DELETE" -> query.contains("&uploadId=") ? Kind.ABORT_UPLOAD : Kind.DELETE;
          default -> Kind.OTHER;
        };
    return new S3Request(kind, path);
  }

  private static Kind get(String path, String query, Map<String, String> headers) {
    if (query.matches("&uploads(=|&|$).*") || query.contains("&uploadId=")) {
      return Kind.LIST_UPLOADS;
    }
    boolean isBucket = path.replaceAll("/+$", "").lastIndexOf('/') <= 0;
    if (isBucket) {
      return query.matches(".*&(location|versioning|acl|policy)(=|&|$).*") ? Kind.OTHER : Kind.LIST;
    }
    return headers.containsKey("range") ? Kind.RANGE_GET : Kind.GET;
  }

  private static Kind put(String query, Map<String, String> headers) {
    if (headers.containsKey("x-amz-copy-source")) {
      return Kind.COPY;
    }
    return query.contains("&partNumber=") ? Kind.PUT_PART : Kind.PUT;
  }

  private static Kind post(String query) {
    if (query.contains("&uploadId=")) {
      return Kind.COMPLETE_UPLOAD;
    }
    if (query.matches(".*&uploads(=|&|$).*")) {
      return Kind.START_UPLOAD;
    }
    return query.matches(".*&delete(=|&|$).*") ? Kind.BULK_DELETE : Kind.OTHER;
  }

  /** The key, percent-encoded; empty for a request that concerns a bucket. */
  public Optional<String> key() {
    int slash = path.indexOf('/', 1);
    return slash < 0 || slash == path.length() - 1
        ? Optional.empty()
        : Optional.of(path.substring(slash + 1));
  }

  @Override
  public String toString() {
    return kind + " " + path;
  }
}
