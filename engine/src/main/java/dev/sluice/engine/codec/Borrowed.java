package dev.sluice.engine.codec;

/**
 * Marks an iterable that can be read only while the group that it belongs to is being processed.
 * Whoever keeps it for longer, as an exchange does, has to copy what is in it: see {@link
 * Codec#mustCopy}.
 */
public interface Borrowed {}
