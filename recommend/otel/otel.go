// Package otel tells OpenTelemetry of the turns of a [recommend.Agent]: a span
// for each turn with one for each of its stages below it, and metrics of turns
// and of calls of models. It uses the API of OpenTelemetry alone; the program
// brings the SDK and says where to.
//
//	watch, err := otel.New(nil)
//	cfg.Observer = watch
//
// Names follow OpenTelemetry's semantic conventions for generative AI
// (gen_ai.*, in development there) where there are any; all others begin with
// "slotgraph.". Neither spans nor metrics hold what the user wrote, said or
// showed, nor any value of a slot.
package otel

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"github.com/slotgraph/slotgraph/recommend"
)

// Scope is the name of the instrumentation.
const Scope = "github.com/slotgraph/slotgraph/recommend/otel"

// Options adjusts an observer. The zero value is the default.
type Options struct {
	Tracer trace.TracerProvider // the global one by default
	Meter  metric.MeterProvider // the global one by default

	Provider string // of the models, gen_ai.provider.name: "openai"; "" leaves it out
	Model    string // that the generator is asked for, gen_ai.request.model; "" leaves it out
}

// New returns an observer. It is safe for concurrent use. opts may be nil. The
// error is that of the meter.
func New(opts *Options) (recommend.Observer, error) {
	w := &watch{}
	if opts != nil {
		w.Options = *opts
	}
	if w.Tracer == nil {
		w.Tracer = otel.GetTracerProvider()
	}
	if w.Meter == nil {
		w.Meter = otel.GetMeterProvider()
	}
	w.tracer = w.Tracer.Tracer(Scope)
	var err error
	if w.meters, err = newMeters(w.Meter.Meter(Scope)); err != nil {
		return nil, fmt.Errorf("otel: making the instruments: %w", err)
	}
	return w, nil
}

type watch struct {
	Options
	tracer trace.Tracer
	meters
}

// operations are the stages that call models, with what they are called. The
// last two have no name in the conventions.
var operations = map[recommend.StageName]string{
	recommend.StageGenerate: "chat", recommend.StageDescribe: "describe_image", recommend.StageTranscribe: "transcribe",
}

// Begin implements [recommend.Observer].
func (w *watch) Begin(ctx context.Context, s recommend.Stage) (context.Context, func(recommend.Outcome)) {
	name, kind := "slotgraph."+string(s.Name), trace.SpanKindInternal
	var attrs []attribute.KeyValue
	if op, calls := operations[s.Name]; calls {
		name, kind = op, trace.SpanKindClient
		attrs = w.model(s.Name, op)
		if s.Name == recommend.StageGenerate && w.Model != "" {
			name += " " + w.Model
		}
	}
	if id := recommend.Session(ctx); id != "" && (s.Name == recommend.StageTurn || kind == trace.SpanKindClient) {
		attrs = append(attrs, attribute.String("gen_ai.conversation.id", id))
	}
	if s.Part.Kind != "" {
		attrs = append(attrs, attribute.String("slotgraph.part.mime", s.Part.MIME), attribute.Int("slotgraph.part.bytes", len(s.Part.Data)))
	}
	ctx, span := w.tracer.Start(ctx, name, trace.WithSpanKind(kind), trace.WithAttributes(attrs...))
	return ctx, func(out recommend.Outcome) {
		w.measure(ctx, s.Name, out)
		if span.IsRecording() {
			span.SetAttributes(w.attributes(s.Name, out)...)
		}
		if out.Err != nil {
			span.SetStatus(codes.Error, out.Err.Error())
		}
		span.End()
	}
}

// model tells of a call of a model what is known before it is made.
func (w *watch) model(stage recommend.StageName, op string) []attribute.KeyValue {
	attrs := []attribute.KeyValue{attribute.String("gen_ai.operation.name", op)}
	if w.Provider != "" {
		attrs = append(attrs, attribute.String("gen_ai.provider.name", w.Provider))
	}
	if stage == recommend.StageGenerate && w.Model != "" {
		attrs = append(attrs, attribute.String("gen_ai.request.model", w.Model))
	}
	return attrs
}

// attributes tells what a stage came to.
func (w *watch) attributes(stage recommend.StageName, out recommend.Outcome) []attribute.KeyValue {
	var attrs []attribute.KeyValue
	t := out.Trace
	switch stage {
	case recommend.StageTurn:
		attrs = turn(t)
	case recommend.StageGenerate:
		attrs = response(out.Response)
	case recommend.StageClassify:
		if best, ok := t.Ranking.Best(); ok {
			attrs = append(attrs, attribute.String("slotgraph.intent", best.Intent), attribute.Float64("slotgraph.intent.p", best.P))
		}
	case recommend.StageTrack:
		attrs = append(attrs, attribute.Int("slotgraph.decisions", len(t.Decisions)))
	case recommend.StageDecide:
		attrs = append(attrs, attribute.StringSlice("slotgraph.rules", t.Rules), attribute.Int("slotgraph.relaxed", len(t.Relaxed)))
		for _, a := range t.Asked {
			attrs = append(attrs, attribute.String("slotgraph.asked", a.Slot), attribute.String("slotgraph.asked.reason", string(a.Reason)))
		}
	case recommend.StageQuery:
		if n := len(t.Queries); n > 0 {
			attrs = append(attrs, attribute.Int("slotgraph.hits", t.Queries[n-1].Hits))
		}
	case recommend.StageLookup:
		if n := len(t.Lookups); n > 0 {
			attrs = append(attrs, attribute.String("slotgraph.service", t.Lookups[n-1].Service), attribute.Int("slotgraph.hits", t.Lookups[n-1].Found))
		}
	}
	if out.Err != nil {
		attrs = append(attrs, attribute.String("error.type", errorType(out.Err)))
	}
	return attrs
}

// turn tells of a turn as a whole.
func turn(t *recommend.Trace) []attribute.KeyValue {
	steps := make([]string, len(t.Steps))
	for i, s := range t.Steps {
		steps[i] = string(s)
	}
	attrs := []attribute.KeyValue{
		attribute.String("slotgraph.lang", t.Lang), attribute.StringSlice("slotgraph.steps", steps), attribute.String("slotgraph.generator", t.Generator),
		attribute.Int("slotgraph.parts", len(t.Parts)), attribute.Int("slotgraph.cut", len(t.Cut)),
	}
	if cause := t.Redacted().Fallback; cause != "" {
		attrs = append(attrs, attribute.String("slotgraph.fallback.cause", cause))
	}
	return attrs
}

func response(r *recommend.Response) []attribute.KeyValue {
	if r == nil {
		return nil
	}
	var attrs []attribute.KeyValue
	if r.Name != "" {
		attrs = append(attrs, attribute.String("gen_ai.response.model", r.Name))
	}
	for key, name := range map[string]string{recommend.TokensIn: "gen_ai.usage.input_tokens", recommend.TokensOut: "gen_ai.usage.output_tokens"} {
		if n, ok := r.Usage[key]; ok {
			attrs = append(attrs, attribute.Int(name, n))
		}
	}
	return attrs
}

// errorType is of what kind an error is: of few values, as metrics need it.
func errorType(err error) string {
	var failure *recommend.Failure
	switch {
	case errors.As(err, &failure) && failure.Cause != "":
		return string(failure.Cause)
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, context.Canceled):
		return "canceled"
	}
	return "_OTHER"
}
