// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.sql;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.spark.sql.sources.And;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.sources.Or;

/**
 * Filters that follow from where an object is: its image, its id and its box. All rows that they
 * let through do match; a missing value matches none, as in SQL.
 */
record KeyFilter(List<Filter> filters) implements Serializable {
  KeyFilter {
    filters = List.copyOf(filters);
  }

  /** Whether a filter can be decided here. */
  static boolean isSupported(Filter filter) {
    if (filter instanceof And both) {
      return isSupported(both.left()) && isSupported(both.right());
    }
    if (filter instanceof Or either) {
      return isSupported(either.left()) && isSupported(either.right());
    }
    boolean known =
        filter instanceof EqualTo
            || filter instanceof In
            || filter instanceof IsNotNull
            || filter instanceof GreaterThan
            || filter instanceof GreaterThanOrEqual
            || filter instanceof LessThan
            || filter instanceof LessThanOrEqual;
    return known && Arrays.stream(filter.references()).allMatch(ObjectSchema::isKey);
  }

  /** Those that follow from the image alone. */
  KeyFilter ofImage() {
    return new KeyFilter(
        filters.stream()
            .filter(
                filter ->
                    Set.of(filter.references()).stream().allMatch(ObjectSchema.OF_IMAGE::contains))
            .toList());
  }

  /**
   * Whether a row matches.
   *
   * @param values by name of the column; text, integers, floating-point numbers, or none
   */
  boolean matches(Function<String, Optional<?>> values) {
    return filters.stream().allMatch(filter -> matches(filter, values));
  }

  private static boolean matches(Filter filter, Function<String, Optional<?>> values) {
    if (filter instanceof And both) {
      return matches(both.left(), values) && matches(both.right(), values);
    }
    if (filter instanceof Or either) {
      return matches(either.left(), values) || matches(either.right(), values);
    }
    Optional<?> value = values.apply(filter.references()[0]);
    return value.isPresent() && matches(filter, value.get());
  }

  private static boolean matches(Filter filter, Object value) {
    if (filter instanceof EqualTo equal) {
      return is(value, equal.value(), sign -> sign == 0);
    }
    if (filter instanceof In in) {
      return Arrays.stream(in.values()).anyMatch(one -> is(value, one, sign -> sign == 0));
    }
    if (filter instanceof GreaterThan greater) {
      return is(value, greater.value(), sign -> sign > 0);
    }
    if (filter instanceof GreaterThanOrEqual greater) {
      return is(value, greater.value(), sign -> sign >= 0);
    }
    if (filter instanceof LessThan less) {
      return is(value, less.value(), sign -> sign < 0);
    }
    if (filter instanceof LessThanOrEqual less) {
      return is(value, less.value(), sign -> sign <= 0);
    }
    return filter instanceof IsNotNull;
  }

  private static boolean is(Object value, Object other, IntPredicate wanted) {
    if (other == null) {
      return false;
    }
    if (value instanceof Number number && other instanceof Number bound) {
      boolean whole = !(number instanceof Double) && !(bound instanceof Double);
      return wanted.test(
          whole
              ? Long.compare(number.longValue(), bound.longValue())
              : Double.compare(number.doubleValue(), bound.doubleValue()));
    }
    return wanted.test(value.toString().compareTo(other.toString()));
  }
}
