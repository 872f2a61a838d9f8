/**
 * What operators keep from batch to batch: cells and timers by key, with the watermark holds that
 * they imply. An attempt works on a view; what it has changed counts once the view is committed.
 * What is committed is in a {@link dev.sluice.engine.state.StateStore}: objects on the heap, or a
 * database on disk. Imports {@code time} and {@code codec}; RocksDB, which is optional, in the
 * classes named {@code Disk}.
 */
package dev.sluice.engine.state;
