package otel

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/slotgraph/slotgraph/recommend"
)

// meters are the instruments.
type meters struct {
	turns  metric.Float64Histogram // slotgraph.turn.duration
	stages metric.Float64Histogram // slotgraph.stage.duration
	calls  metric.Float64Histogram // gen_ai.client.operation.duration
	tokens metric.Int64Histogram   // gen_ai.client.token.usage
}

// The buckets: of durations in seconds, and of numbers of tokens. Those of
// calls and tokens are the ones that the conventions recommend.
var (
	turnBuckets  = []float64{0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}
	callBuckets  = []float64{0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92}
	tokenBuckets = []float64{1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864}
)

func newMeters(m metric.Meter) (meters, error) {
	duration := func(name, what string, buckets []float64) (metric.Float64Histogram, error) {
		return m.Float64Histogram(name, metric.WithUnit("s"), metric.WithDescription(what), metric.WithExplicitBucketBoundaries(buckets...))
	}
	turns, err1 := duration("slotgraph.turn.duration", "Duration of turns.", turnBuckets)
	stages, err2 := duration("slotgraph.stage.duration", "Duration of the stages of turns.", turnBuckets)
	calls, err3 := duration("gen_ai.client.operation.duration", "GenAI operation duration.", callBuckets)
	tokens, err4 := m.Int64Histogram("gen_ai.client.token.usage", metric.WithUnit("{token}"), metric.WithDescription("Number of input and output tokens used."), metric.WithExplicitBucketBoundaries(tokenBuckets...))
	return meters{turns, stages, calls, tokens}, errors.Join(err1, err2, err3, err4)
}

// measure records how long a stage took and what it used.
func (w *watch) measure(ctx context.Context, stage recommend.StageName, out recommend.Outcome) {
	took := out.Took.Seconds()
	var failed []attribute.KeyValue
	if out.Err != nil {
		failed = append(failed, attribute.String("error.type", errorType(out.Err)))
	}
	op, calls := operations[stage]
	switch {
	case stage == recommend.StageTurn:
		attrs := append(failed, attribute.String("slotgraph.lang", out.Trace.Lang), attribute.Bool("slotgraph.fallback", out.Trace.Fallback != ""))
		w.turns.Record(ctx, took, metric.WithAttributes(attrs...))
	case calls:
		attrs := append(w.model(stage, op), failed...)
		if out.Response != nil && out.Response.Name != "" {
			attrs = append(attrs, attribute.String("gen_ai.response.model", out.Response.Name))
		}
		w.calls.Record(ctx, took, metric.WithAttributes(attrs...))
		if out.Response != nil {
			w.use(ctx, out.Response.Usage, recommend.TokensIn, "input", attrs)
			w.use(ctx, out.Response.Usage, recommend.TokensOut, "output", attrs)
		}
	default:
		w.stages.Record(ctx, took, metric.WithAttributes(append(failed, attribute.String("slotgraph.stage", string(stage)))...))
	}
}

func (w *watch) use(ctx context.Context, usage map[string]int, key, kind string, attrs []attribute.KeyValue) {
	if n, ok := usage[key]; ok {
		w.tokens.Record(ctx, int64(n), metric.WithAttributes(append(attrs[:len(attrs):len(attrs)], attribute.String("gen_ai.token.type", kind))...))
	}
}
