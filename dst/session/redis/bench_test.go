package redis_test

import (
	"testing"

	"github.com/slotgraph/slotgraph/dst/session/redis"
	"github.com/slotgraph/slotgraph/dst/session/sessiontest"
)

func BenchmarkSave(b *testing.B) {
	sessiontest.Benchmark(b, open(b, server(b), &redis.Options{Prefix: prefix(b, single(direct(b)))}))
}
