package dev.sluice.engine.state;

/** Where a cell of a key is: both parts are compared by {@code equals}. */
public record CellAddress(Object namespace, Object cell) {}
