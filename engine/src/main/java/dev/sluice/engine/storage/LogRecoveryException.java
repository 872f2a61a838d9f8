package dev.sluice.engine.storage;

import java.io.IOException;

/**
 * A log cannot be read, since its writer never closed it and the store could not settle in time how
 * long it is. Nothing is lost by this; reading may succeed later.
 */
public final class LogRecoveryException extends IOException {
  private static final long serialVersionUID = 1L;

  LogRecoveryException(String message) {
    super(message);
  }
}
