package usage

import (
	"maps"
	"testing"
)

func TestAdd(t *testing.T) {
	a, b := map[string]int{"in": 1, "out": 2}, map[string]int{"in": 10, "images": 3}
	if got := Add(a, b); !maps.Equal(got, map[string]int{"in": 11, "out": 2, "images": 3}) {
		t.Errorf("the sum is %v", got)
	}
	if a["in"] != 1 || b["in"] != 10 || Add(nil, nil) != nil || !maps.Equal(Add(nil, b), b) {
		t.Errorf("adding nothing, or after adding: %v, %v", a, b)
	}
}
