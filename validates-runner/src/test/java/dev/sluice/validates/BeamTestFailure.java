package dev.sluice.validates;

/** A Beam test failed the build; it names the test, which Surefire's console does not. */
final class BeamTestFailure extends Exception {

  private static final long serialVersionUID = 1;

  BeamTestFailure(BeamTest test, Throwable cause) {
    super(test.name() + ": " + firstLine(cause), cause);
  }

  /** The rest, which may be a dump of all threads, is shown with the cause itself. */
  private static String firstLine(Throwable cause) {
    return cause.toString().lines().findFirst().orElse("");
  }
}
