package dev.sluice.engine.stream;

import dev.sluice.engine.checkpoint.HookedStore.Hook;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The places where the ledger of a stream moves, each at an operation of a store. */
enum KillPoint {
  BEFORE_A_BATCH_IS_PLANNED_OR_DONE("sync", "journal/", true),
  AFTER_A_BATCH_IS_PLANNED_OR_DONE("sync", "journal/", false),
  BEFORE_A_RECORD_OF_THE_JOURNAL("write", "journal/", true),
  AFTER_A_RECORD_OF_THE_JOURNAL("write", "journal/", false),
  BEFORE_A_SEGMENT_IS_BEGUN("append", "journal/", true),
  AFTER_A_SEGMENT_IS_BEGUN("append", "journal/", false),
  AFTER_OUTPUT_IS_PREPARED("create", "_attempts/", false),
  BEFORE_OUTPUT_IS_PUBLISHED("rename", "_attempts/", true),
  AFTER_OUTPUT_IS_PUBLISHED("rename", "_attempts/", false),
  BEFORE_STATES_ARE_WRITTEN("create", "data/", true),
  BEFORE_A_CHECKPOINT_COUNTS("create", "checkpoints/", true),
  AFTER_A_CHECKPOINT_COUNTS("create", "checkpoints/", false),
  WHILE_OLD_FILES_ARE_DROPPED("delete", "journal/", false);

  private final String operation;
  private final String prefix;
  private final boolean before;

  KillPoint(String operation, String prefix, boolean before) {
    this.operation = operation;
    this.prefix = prefix;
    this.before = before;
  }

  /** Stops for ever when it is here for the given time, counted from 0, and says so. */
  Hook stopAt(int time) {
    AtomicInteger times = new AtomicInteger();
    return new Hook() {
      @Override
      public void before(String done, String name) {
        meet(before, done, name);
      }

      @Override
      public void after(String done, String name) {
        meet(!before, done, name);
      }

      private void meet(boolean here, String done, String name) {
        if (here
            && done.equals(operation)
            && name.startsWith(prefix)
            && times.getAndIncrement() == time) {
          System.out.println("here");
          stop();
        }
      }
    };
  }

  private static void stop() {
    boolean interrupted = false;
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted = true;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
