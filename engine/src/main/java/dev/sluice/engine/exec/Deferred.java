package dev.sluice.engine.exec;

import dev.sluice.engine.plan.OperatorNode;

/** An element that an operator left for a later task of its stage. */
public record Deferred(OperatorNode node, Object element, long delayMs) {}
