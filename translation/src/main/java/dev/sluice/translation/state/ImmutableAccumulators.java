package dev.sluice.translation.state;

/**
 * Says of a combine function that it changes none of its accumulators once it has returned it, and
 * that they may be looked at by several threads: a copy of a cell then has the accumulator itself,
 * where others have it decoded from its encoding.
 */
public interface ImmutableAccumulators {}
