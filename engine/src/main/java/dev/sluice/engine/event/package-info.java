/**
 * What happens in the engine, told to listeners as it happens.
 *
 * <p>Listeners are called on the thread that drives the job, one event after another; they must
 * return soon. Imports nothing of the engine.
 */
package dev.sluice.engine.event;
