// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.python;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that start Python. Where the environment variable PYTHON names an interpreter they run;
 * without it they are skipped if {@code python3} is missing or has no numpy.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPython.Condition.class)
public @interface NeedsPython {

  /** Decides it. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return TestPython.isUsable()
          ? ConditionEvaluationResult.enabled(TestPython.interpreter() + " has numpy")
          : ConditionEvaluationResult.disabled(
              "'python3' is missing or has no numpy; name another with the variable PYTHON");
    }
  }
}
