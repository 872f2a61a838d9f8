/**
 * How records cross from stage to stage within the process: by reference, and through temporary
 * files when the memory budget is used up.
 *
 * <pre>
 *   task attempt ─► ExchangeWriter ─► Segment ──publish──► ExchangeBuffer ─► ExchangeReader ─► task
 *                        │ spills        │ spills if asked
 *                        └──► Run ◄──────┘
 * </pre>
 *
 * <p>A segment belongs to the attempt that wrote it until the attempt has succeeded; then it is
 * published, never changed, and read any number of times. A grouped exchange whose segments are all
 * in memory is grouped in a hash map; as soon as one has spilled, runs sorted by encoded key are
 * merged. May import {@code codec}, {@code memory} and {@code plan}.
 */
package dev.sluice.engine.exchange;
