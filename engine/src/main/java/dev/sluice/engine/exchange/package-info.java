/**
 * How records cross from stage to stage within the process: by reference, encoded if they are many,
 * and through temporary files when the memory budget is used up.
 *
 * <pre>
 *   task attempt ─► ExchangeWriter ─► Segment ──publish──► ExchangeBuffer ─► ExchangeReader ─► task
 *                        │ spills        │ spills if asked
 *                        └──► Run ◄──────┘
 * </pre>
 *
 * <p>A segment belongs to the attempt that wrote it until the attempt has succeeded; then it is
 * published, never changed, and read any number of times. A partition of a grouped exchange that
 * has nothing but objects is grouped in a hash map; as soon as some of it is encoded, what is
 * sorted by the hash of the encoded key is merged. May import {@code codec}, {@code memory} and
 * {@code plan}.
 */
package dev.sluice.engine.exchange;
