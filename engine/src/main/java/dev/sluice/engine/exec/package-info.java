/**
 * Runs stage plans.
 *
 * <pre>
 *   Job (one thread drives it: stages, retries, publication)
 *     │ submits TaskAttempts                ▲ takes TaskOutcomes
 *     ▼                                     │
 *   Executor: LocalExecutor (worker threads) or SeededExecutor (the driving thread itself)
 *     └─ TaskAttempt: head ─► Chain of processors ─► ExchangeWriters
 * </pre>
 *
 * <p>What an attempt writes becomes visible only when the driving thread accepts its success, so a
 * failed or duplicate attempt leaves no trace. Its changes of state count when it is the first of
 * its task to run to its end; if they cannot be kept, the job fails. May import everything above
 * it: {@code time}, {@code codec}, {@code memory}, {@code event}, {@code plan}, {@code exchange}.
 */
package dev.sluice.engine.exec;
