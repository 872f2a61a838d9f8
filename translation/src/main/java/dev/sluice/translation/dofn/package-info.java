/**
 * Runs DoFns as operators of the engine.
 *
 * <p>{@link dev.sluice.translation.dofn.DoFnStep} says what to run; {@link
 * dev.sluice.translation.dofn.DoFnPool} owns the instances; an operator for each kind of DoFn -
 * plain, stateful, splittable - drives them: elements of a plain one are handed to it directly, all
 * else by Beam's own runner of the model. What belongs to an attempt (metrics, bundle finalizers)
 * is kept in the attempt's scope and counts only if the attempt does.
 */
package dev.sluice.translation.dofn;
