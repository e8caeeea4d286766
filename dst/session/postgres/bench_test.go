package postgres_test

import (
	"testing"

	"github.com/slotgraph/slotgraph/dst/session/postgres"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

func BenchmarkSave(b *testing.B) {
	sessiontest.Benchmark(b, open(b, with(b, server(b), "pool_max_conns", "16"), &postgres.Options{Schema: schema(b)}))
}
