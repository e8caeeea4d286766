package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"go.opentelemetry.io/otel/exporters/stdout/stdoutmetric"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/otel"
)

// openTelemetry returns an observer whose spans and metrics go to out, and what
// ends them. To send them to a collector, put otlptracehttp and otlpmetrichttp in
// the place of the two exporters: they read OTEL_EXPORTER_OTLP_ENDPOINT.
func openTelemetry(out io.Writer) (recommend.Observer, func(context.Context) error, error) {
	spans, err := stdouttrace.New(stdouttrace.WithWriter(out))
	if err != nil {
		return nil, nil, fmt.Errorf("making the exporter of spans: %w", err)
	}
	metrics, err := stdoutmetric.New(stdoutmetric.WithWriter(out))
	if err != nil {
		return nil, nil, fmt.Errorf("making the exporter of metrics: %w", err)
	}
	tracer := trace.NewTracerProvider(trace.WithBatcher(spans))
	meter := metric.NewMeterProvider(metric.WithReader(metric.NewPeriodicReader(metrics)))
	watch, err := otel.New(&otel.Options{Tracer: tracer, Meter: meter})
	return watch, func(ctx context.Context) error { return errors.Join(tracer.Shutdown(ctx), meter.Shutdown(ctx)) }, err
}
