/**
 * Bytes that outlive the process: small immutable files with names, made whole or not at all.
 *
 * <p>What a {@link dev.sluice.engine.storage.DurableStore} has created is never changed, so a
 * reader needs no lock, and whoever creates a name first owns it. Imports nothing of the engine.
 */
package dev.sluice.engine.storage;
