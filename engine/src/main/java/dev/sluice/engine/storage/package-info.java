/**
 * Bytes that outlive the process: small immutable files with names, made whole or not at all, and
 * logs, which grow at their end.
 *
 * <p>What a {@link dev.sluice.engine.storage.DurableStore} has created is never changed, so a
 * reader needs no lock, and whoever creates a name first owns it; only the name may change. A
 * {@link dev.sluice.engine.storage.DurableLog} is written once, by one object, and never opened
 * again.
 *
 * <p>{@link dev.sluice.engine.storage.StoreLocation} opens a store by its location. Hadoop may be
 * absent: only classes called {@code Hadoop...} import it, and nothing but {@code StoreLocation}
 * leads to them. Imports nothing of the engine.
 */
package dev.sluice.engine.storage;
