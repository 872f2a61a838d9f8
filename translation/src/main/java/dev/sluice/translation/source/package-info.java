/** Roots of bounded pipelines as sources of the engine. */
package dev.sluice.translation.source;
