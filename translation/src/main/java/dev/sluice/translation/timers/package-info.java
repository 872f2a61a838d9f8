/** Timers of bounded inputs. Imports Beam only. */
package dev.sluice.translation.timers;
