package kg

import "testing"

func BenchmarkLoadCrossWOZ(b *testing.B) {
	for b.Loop() {
		loadCrossWOZ(b)
	}
}
