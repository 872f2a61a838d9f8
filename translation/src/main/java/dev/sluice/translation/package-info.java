/**
 * The Beam model on the engine: {@link dev.sluice.translation.PipelineTranslator} walks a pipeline
 * and builds the engine's plan, with one translator for each primitive.
 *
 * <pre>
 *   PipelineTranslator ─► XxxTranslator ─► TranslationContext ─► engine.plan.PlanBuilder
 *                            │ uses
 *                            └─► dofn, group, sideinput, source, metrics, coder
 * </pre>
 *
 * <p>A PCollection is a list of ports, more than one behind a Flatten. A transform that stands for
 * several primitives (a Combine, a Reshuffle) is translated as a whole where the engine has
 * something better than its expansion; else its parts are.
 */
package dev.sluice.translation;
