package dev.sluice.engine.exec;

import java.io.Serializable;

/** What tests send through grouped exchanges. */
public record KeyValue(Object key, Object value) implements Serializable {}
