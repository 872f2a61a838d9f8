package dev.sluice.engine.plan;

import dev.sluice.engine.codec.Codec;
import java.io.Serializable;

/** An output of a node: what others can be connected to. The codec is for records that spill. */
public record Port(Node node, int index, Codec<?> codec) implements Serializable {}
