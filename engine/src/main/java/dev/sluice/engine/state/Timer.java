package dev.sluice.engine.state;

/**
 * A timer of one key.
 *
 * @param id what tells it from the key's other timers; a later one of the same id replaces it
 * @param timestamp when it is due, in milliseconds of its domain
 * @param hold what the output watermark waits for until it has fired; {@code Watermark.END} for
 *     nothing
 */
public record Timer(Object id, TimerDomain domain, long timestamp, long hold) {}
