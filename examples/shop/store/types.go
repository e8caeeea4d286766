package store

import (
	"context"
	"regexp"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// This file holds slot types of the shop's own. The built-in ones do for most
// slots; a Type is one method, and the tracker does the rest.

// category finds kinds of products. Besides the words of its Enum it knows
// that 本 in 游戏本 is a laptop, and leaves 游戏 to the slot of uses. "This
// phone" and "my phone" name no kind that is looked for.
type category struct{ *dst.Enum }

var (
	notebook = regexp.MustCompile(`(?:游戏|商务|办公|学生|设计|影音|剪辑|编程|高端|入门)(本)`)
	pointing = regexp.MustCompile(`(?i)(?:\b(?:this|that|my) |[这那该][个台款部块]?|我的)$`)
)

// Find implements [dst.Type].
func (c category) Find(t *dst.Text) []dst.Mention {
	out := slices.DeleteFunc(c.Enum.Find(t), func(m dst.Mention) bool { return pointing.MatchString(t.Raw[:m.Start]) })
	for _, at := range notebook.FindAllStringSubmatchIndex(t.Raw, -1) {
		out = append(out, dst.Mention{Start: at[2], End: at[3], Value: "laptop", Score: 1})
	}
	return out
}

// score is a number that is shown without its unit: "rating 4.7", 评分4.7.
type score struct{ *dst.Number }

// Format implements [dst.Formatter].
func (score) Format(value, _ string) string { return value }

// fits finds the device that something is asked to fit: "does it fit the
// iPhone 15?", 这个壳iPhone 16能用吗. Other names of devices are left to the slot
// that names what is talked about.
type fits struct{ *dst.Gazetteer }

var (
	fitsBefore = regexp.MustCompile(`(?i)(?:\b(?:fits?|compatible with|works? with|works? on)(?: (?:my|the|an?))? |(?:适合|适配|兼容|支持|能?配)(?:我的)?)\s*$`)
	fitsBehind = regexp.MustCompile(`^\s*上?(?:能用|可以用|能不能用|用得了|能配|合适)`)
)

// newFits makes the type from the devices that things in the graph fit.
func newFits(ctx context.Context, graph *kg.Graph) (fits, error) {
	devices, err := graph.Facets(ctx, kg.Query{}, "accessory_of")
	if err != nil {
		return fits{}, err
	}
	var entries []dst.Entry
	for _, device := range devices {
		id, _ := device.Value.ID()
		names, err := graph.Facts(ctx, id, "name@en", "name@zh", "alias")
		if err != nil {
			return fits{}, err
		}
		e := dst.Entry{Value: graph.Name(ctx, id, "en")}
		for _, name := range names {
			e.Aliases = append(e.Aliases, name.Object.String())
		}
		entries = append(entries, e)
	}
	return fits{dst.NewGazetteer(entries...)}, nil
}

// Find implements [dst.Type]. The words that ask are part of the mention,
// which so is longer than the bare name and wins.
func (f fits) Find(t *dst.Text) []dst.Mention {
	var out []dst.Mention
	for _, m := range f.Gazetteer.Find(t) {
		before := fitsBefore.FindStringIndex(t.Raw[:m.Start])
		behind := fitsBehind.FindStringIndex(t.Raw[m.End:])
		if before != nil {
			m.Start = before[0]
		} else if behind != nil {
			m.End += behind[1]
		} else {
			continue
		}
		out = append(out, m)
	}
	return out
}
