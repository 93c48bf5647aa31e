// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.zarr;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number of a file that Java would write otherwise, as {@code 1e-05} or one of more digits than a
 * double has. It counts as the double nearest to it and is written as it was. It equals numbers of
 * the same text.
 */
final class SourceNumber extends NumericNode {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final DoubleNode number;

  private SourceNumber(String text, DoubleNode number) {
    this.text = text;
    this.number = number;
  }

  /** The number as a node: of this class only if Java writes it otherwise. */
  static NumericNode of(String text, double value) {
    DoubleNode number = DoubleNode.valueOf(value);
    return text.equals(number.asText()) ? number : new SourceNumber(text, number);
  }

  @Override
  public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
    generator.writeNumber(text);
  }

  @Override
  public String asText() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceNumber that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public JsonToken asToken() {
    return number.asToken();
  }

  @Override
  public JsonParser.NumberType numberType() {
    return number.numberType();
  }

  @Override
  public boolean isFloatingPointNumber() {
    return true;
  }

  @Override
  public boolean isNaN() {
    return number.isNaN();
  }

  @Override
  public Number numberValue() {
    return number.numberValue();
  }

  @Override
  public int intValue() {
    return number.intValue();
  }

  @Override
  public long longValue() {
    return number.longValue();
  }

  @Override
  public double doubleValue() {
    return number.doubleValue();
  }

  @Override
  public BigDecimal decimalValue() {
    return number.decimalValue();
  }

  @Override
  public BigInteger bigIntegerValue() {
    return number.bigIntegerValue();
  }

  @Override
  public boolean canConvertToInt() {
    return number.canConvertToInt();
  }

  @Override
  public boolean canConvertToLong() {
    return number.canConvertToLong();
  }

  @Override
  public boolean canConvertToExactIntegral() {
    return number.canConvertToExactIntegral();
  }
}
