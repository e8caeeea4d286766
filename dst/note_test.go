package dst

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestNotes(t *testing.T) {
	s := State{}.Apply(MustAct("inform price<=900"))
	noted := s.Note(MustAct("inform help.step=cable.1"), Act{Kind: "no such kind"}, Act{Inform, "help.said", Eq, "it's = \"off\"; 还是不行\n"})
	if len(s.Notes) != 0 || len(noted.Notes) != 2 || len(noted.Constraints) != 1 {
		t.Fatalf("noted %v; the state before has %v", noted.Notes, s.Notes)
	}
	b, err := json.Marshal(noted)
	if err != nil {
		t.Fatal(err)
	}
	var back State
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, noted) {
		t.Errorf("after JSON %s: %+v, %v", b, back, err)
	}
	if said := noted.Said(MustAct("ask price")).NextTurn().Apply(MustAct("deny")); len(said.Notes) != 2 {
		t.Errorf("a turn changed the notes: %v", said.Notes)
	}
	if s := noted.Apply(Act{Kind: Restart}); s.Notes != nil {
		t.Errorf("notes after a restart: %v", s.Notes)
	}
	if s := noted.Note(); s.Notes != nil {
		t.Errorf("no notes are %v", s.Notes)
	}
}
