/**
 * The checkpoints and the journal of one stream in a durable store, and who may write them.
 *
 * <pre>
 *   epochs/0000000003                     the third driver's claim: until when, and who it is
 *   beats/0000000003-0000000000000012     until when it holds now: renewed while it lives
 *   checkpoints/0000000003-00000000000000000041-full     after batch 41: everything
 *   checkpoints/0000000003-00000000000000000052-delta    what has changed since the one before
 *   journal/0000000003-0000000007         the third driver's eighth segment
 * </pre>
 *
 * <p>All but the segments are made whole or not at all, and never changed. The newest checkpoint is
 * the one with the largest epoch and batch. Invariants:
 *
 * <ul>
 *   <li>A driver claims its epoch before it looks for the newest checkpoint.
 *   <li>A driver looks for newer epochs after each file that it has written, before anything is
 *       released that the file covers: either its successor has found the file, or it releases
 *       nothing.
 * </ul>
 *
 * <p>May import {@code time}, {@code codec} and {@code storage}.
 */
package dev.sluice.engine.checkpoint;
