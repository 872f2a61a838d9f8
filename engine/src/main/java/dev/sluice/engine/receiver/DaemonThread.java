package dev.sluice.engine.receiver;

/** Makes the threads of receivers and streams, which do not keep the JVM alive. */
public final class DaemonThread {
  private DaemonThread() {}

  /** A thread that is not started. */
  public static Thread create(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  static Thread start(String name, Runnable body) {
    Thread thread = create(name, body);
    thread.start();
    return thread;
  }
}
