package dev.sluice.engine.receiver;

/** Makes the threads of receivers, which do not keep the JVM alive. */
final class DaemonThread {
  private DaemonThread() {}

  static Thread create(String name, Runnable body) {
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
