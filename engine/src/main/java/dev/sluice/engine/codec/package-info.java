/**
 * How values become bytes: {@link dev.sluice.engine.codec.Codec} is what the engine asks for when
 * something spills, is kept serialized, or leaves the process; {@link
 * dev.sluice.engine.codec.Frame} is how runs of bytes lie in files.
 *
 * <p>Of values that stay in memory, only keys are seen here: their identities, and equal ones,
 * which {@link dev.sluice.engine.codec.Shared} keeps once. Imports nothing of the engine.
 */
package dev.sluice.engine.codec;
