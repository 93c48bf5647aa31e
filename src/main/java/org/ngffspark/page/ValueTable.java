// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows of numbers under names. A page holds each name once and the numbers of a row in the order of
 * the names, {@code null} for what it has not; what is no whole number has six digits.
 */
final class ValueTable {
  private static final MathContext DIGITS = new MathContext(6);

  private final Map<String, Integer> columns = new LinkedHashMap<>();

  /** A row of these values; infinite ones and NaN are left out. */
  ArrayNode row(Map<String, Double> values) {
    values.keySet().forEach(name -> columns.putIfAbsent(name, columns.size()));
    Double[] ordered = new Double[columns.size()];
    values.forEach((name, value) -> ordered[columns.get(name)] = value);
    ArrayNode row = JsonNodeFactory.instance.arrayNode();
    for (Double value : ordered) {
      add(row, value == null ? Double.NaN : value);
    }
    return row;
  }

  private static void add(ArrayNode row, double value) {
    if (!Double.isFinite(value)) {
      row.addNull();
    } else if (value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE) {
      row.add((long) value);
    } else {
      row.add(new BigDecimal(value).round(DIGITS).doubleValue());
    }
  }

  /** The names of all rows so far. */
  ArrayNode names() {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    columns.keySet().forEach(names::add);
    return names;
  }
}
