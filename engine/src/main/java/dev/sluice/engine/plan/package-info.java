/**
 * What is to be computed, and in which stages. Nothing here runs.
 *
 * <pre>
 *   PlanBuilder ──► Plan (a DAG of nodes) ──► Planner ──► StagePlan (a DAG of stages)
 *
 *   SourceNode    makes records from splits                              head
 *   ExchangeNode  takes records from tasks, hands them to other tasks    head
 *   PullNode      reads whole partitions of exchanges as iterables       head
 *   OperatorNode  gets records pushed, one by one, and pushes on         fused
 * </pre>
 *
 * <p>A stage is a head with every operator that records reach from it without an exchange between.
 * An operator behind a union therefore stands in as many stages as there are heads before it, and
 * each record is computed once. The stage graph has no cycle: where a broadcast would close one,
 * the planner cuts the consumer off with an exchange, and it asserts the result.
 *
 * <p>Everything in a plan is serializable. May import {@code codec} only.
 */
package dev.sluice.engine.plan;
