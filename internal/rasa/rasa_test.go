package rasa

import (
	"reflect"
	"testing"
)

func TestPlain(t *testing.T) {
	plain, marks := Plain(`from [here](place) to [there](place:home), [now]{"entity": "time"}, [a b][{"entity":"x"},{"entity":"y"}] [or] not (x)`)
	if want := "from here to there, now, a b [or] not (x)"; plain != want {
		t.Errorf("%q, want %q", plain, want)
	}
	want := []Mark{
		{"[here](place)", "here", "place", ""},
		{"[there](place:home)", "there", "place:home", ""},
		{`[now]{"entity": "time"}`, "now", "", `[{"entity": "time"}]`},
		{`[a b][{"entity":"x"},{"entity":"y"}]`, "a b", "", `[{"entity":"x"},{"entity":"y"}]`},
	}
	if !reflect.DeepEqual(marks, want) {
		t.Errorf("%q", marks)
	}
}
