// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.commit;

/** Two have changed the same field of a metadata file. */
final class MetadataConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field path of the field, parts joined by {@code /}; empty for the whole file
   * @param problem what is wrong, without a subject
   */
  MetadataConflictException(String field, String problem) {
    super(problem);
    this.field = field;
  }

  /** What was changed, for messages. */
  String of(String key) {
    return field.isEmpty() ? key : "'" + field + "' in " + key;
  }
}
