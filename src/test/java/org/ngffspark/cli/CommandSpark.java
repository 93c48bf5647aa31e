// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.cli;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One Spark for all commands of a test class, where a command of its own would start one each. As a
 * registered extension it starts before the class and stops after it.
 */
final class CommandSpark implements BeforeAllCallback, AfterAllCallback {
  private JavaSparkContext spark;

  @Override
  public void beforeAll(ExtensionContext test) {
    spark = CommandRun.spark();
  }

  @Override
  public void afterAll(ExtensionContext test) {
    spark.close();
  }

  JavaSparkContext context() {
    return spark;
  }

  CommandRun run(String... arguments) {
    return CommandRun.within(spark, arguments);
  }
}
