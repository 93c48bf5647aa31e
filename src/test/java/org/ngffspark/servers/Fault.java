// SPDX-License-Identifier: Apache-2.0
package org.ngffspark.servers;

import java.time.Duration;

/** What a {@link FaultProxy} does to one request. */
public sealed interface Fault {

  /** Answers in the server's place, which never hears of the request. */
  record Answer(int status, String code) implements Fault {}

  /** Hands the request on after a pause, and the answer back. */
  record Delay(Duration pause) implements Fault {}

  /** Ends the connection; the server never hears of the request. */
  record DropRequest() implements Fault {}

  /** Ends the connection after the server has done what was asked: the answer is lost. */
  record DropAnswer() implements Fault {}

  /**
   * Hands on the head of the answer and the start of its body, then ends the connection.
   *
   * @param bytes of the body that arrive
   */
  record CutAnswer(int bytes) implements Fault {}

  /** The server failed, which clients may try again. */
  static Fault serverError() {
    return new Answer(500, "InternalError");
  }

  /** The server asks for fewer requests. */
  static Fault slowDown() {
    return new Answer(503, "SlowDown");
  }

  /** A condition of the request did not hold. */
  static Fault preconditionFailed() {
    return new Answer(412, "PreconditionFailed");
  }

  /** The client's credentials are too old. */
  static Fault expiredCredentials() {
    return new Answer(400, "ExpiredToken");
  }
}
