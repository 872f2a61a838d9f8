/**
 * How records come in from outside: receivers, each on a thread of its own, and the blocks that
 * their records are cut into.
 *
 * <pre>
 *   Receiver ──store──► BlockGenerator ──► BlockQueue ──take──► the scheduler of batches
 *      ▲  ▲               (rate, room,      (marks and                    │
 *      │  │               block interval)   watermarks)                   │
 *      │  └─ onStart, onStop: ReceiverThread                              │
 *      └──── onCommitted: Acknowledgements ◄──────────committed───────────┘
 * </pre>
 *
 * <p>{@link dev.sluice.engine.receiver.ReceiverSupervisor} holds these together. Invariants:
 *
 * <ul>
 *   <li>A store that has returned is in a block; blocks are handed out whole, once, in order.
 *   <li>A block carries the source's mark and the watermark at its end; both are fixed once it has
 *       been taken, and hold for all records up to there. No block is empty, but one of {@link
 *       dev.sluice.engine.receiver.Unread} records, which may turn out to be; what its mark means
 *       is known when they have been read.
 *   <li>As many blocks wait as the options say, and one more from each thread that stores; then the
 *       receiver waits.
 *   <li>No user code is called while a lock is held, save codecs; none on the scheduler's thread.
 * </ul>
 *
 * <p>Blocks draw on a memory budget and move to temporary files beyond it. Waits for a time look at
 * the clock again and again, so that a clock moved by hand is seen. May import {@code time}, {@code
 * codec} and {@code memory}.
 */
package dev.sluice.engine.receiver;
