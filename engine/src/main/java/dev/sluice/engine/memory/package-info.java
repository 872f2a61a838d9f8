/**
 * The one owner of bulk memory and of temporary disk space.
 *
 * <p>Buffers of exchanges and persisted blocks reserve from a {@link
 * dev.sluice.engine.memory.MemoryBudget} before they grow. When it is used up, whoever asks first
 * makes finished buffers spill, then spills its own. Sizes are estimates of heap bytes.
 *
 * <p>{@link dev.sluice.engine.memory.FirstFailure} is for giving several things back.
 *
 * <p>May import {@code time} and {@code codec} only.
 */
package dev.sluice.engine.memory;
