package sessionbench

import (
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"time"
)

// A printer writes "name value" lines, and remembers the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) print(name, format string, value any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, "%s "+format+"\n", name, value)
	}
}

func (p *printer) result(name string, concurrent int, r *result) {
	line := func(what, format string, value float64) {
		p.print(fmt.Sprintf("%s_%s_%d", name, what, concurrent), format, value)
	}
	us := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
	n := float64(r.spans.n)
	line("turns_per_second", "%.0f", r.rate())
	line("us_p50", "%.1f", us(r.spans.quantile(0.5)))
	line("us_p95", "%.1f", us(r.spans.quantile(0.95)))
	line("us_p99", "%.1f", us(r.spans.quantile(0.99)))
	line("us_max", "%.1f", us(r.spans.most))
	if r.cpu > 0 {
		line("cpu_us_per_turn", "%.1f", r.cpuPerTurn()*1e6)
	}
	line("allocs_per_turn", "%.1f", float64(r.allocs)/n)
	line("bytes_per_turn", "%.0f", float64(r.bytes)/n)
	line("tracker_share", "%.3f", float64(r.tracking)/float64(r.attended))
}

// liveBytes is the memory that is held on to.
func liveBytes() float64 {
	runtime.GC()
	runtime.GC() // what pools and finalizers let go
	return markedBytes()
}

// markedBytes is what the last garbage collection found in use.
func markedBytes() float64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return float64(s[0].Value.Uint64())
}
