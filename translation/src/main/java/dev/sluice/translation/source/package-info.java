/**
 * Roots of pipelines as sources of the engine; those of streams with the marks that a later process
 * goes on from. Imports {@code coder}, {@code metrics} and {@code state}.
 */
package dev.sluice.translation.source;
