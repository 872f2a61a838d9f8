package dev.sluice.engine.plan;

import java.io.Serializable;

/** Within a stage: records that come out of {@code from} are pushed to {@code to}. */
public record Edge(Port from, Node to) implements Serializable {}
