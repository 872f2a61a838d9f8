/**
 * Beam's own test suites, run against the runner.
 *
 * <p>The suites are JUnit 4 tests inside two jars of Beam. A shard is a test class of this package
 * which runs its share of them in one JVM and emits a dynamic test for each: a Beam test has to
 * pass, unless the mode's exclusion file lists it, in which case it has to fail.
 */
package dev.sluice.validates;
