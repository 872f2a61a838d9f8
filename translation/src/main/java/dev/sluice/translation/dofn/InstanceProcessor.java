package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Processor;

/** A processor around a DoFn's instance: its bundles and its end are the instance's. */
abstract class InstanceProcessor<T> implements Processor<T> {

  abstract DoFnInstance<?, ?> instance();

  @Override
  public final void finishBundle() {
    instance().finishBundle();
  }

  @Override
  public final void finish() {
    instance().finishBundle();
    instance().finished();
  }

  @Override
  public final void close() {
    instance().close();
  }
}
