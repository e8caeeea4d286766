package recommend

import (
	"reflect"
	"testing"

	"github.com/slotgraph/slotgraph/kg"
)

// TestSortsOfTexts are those of each text with the same words.
func TestSortsOfTexts(t *testing.T) {
	d := &domain{toSlot: map[kg.Value]string{}}
	for _, s := range []string{"Latte", "latte", "iced latte", "Oat Latte", "latte art", "椒盐杏鲍菇", "杏鲍菇", "菇"} {
		d.toSlot[kg.Text(s)] = s
	}
	d.toSlot[kg.Ref("the latte")] = "a thing"
	d.readSorts()
	lattes := []kg.Value{kg.Text("Oat Latte"), kg.Text("iced latte")}
	want := map[kg.Value][]kg.Value{kg.Text("Latte"): lattes, kg.Text("latte"): lattes, kg.Text("杏鲍菇"): {kg.Text("椒盐杏鲍菇")}}
	if !reflect.DeepEqual(d.sorts, want) {
		t.Errorf("got %v, want %v", d.sorts, want)
	}
}
