package main

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

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

// fits finds the device that an accessory is for. Of the names of devices it
// takes those that are marked so, "for the iPhone 15", 苹果15的充电器, and
// leaves the others to the slot that names what is looked for.
type fits struct {
	names         *dst.Gazetteer
	before, after *regexp.Regexp // what stands beside the name and marks it
}

// newFits makes the type from the devices in the graph and the words for
// accessories.
func newFits(ctx context.Context, graph *kg.Graph, w words) (*fits, error) {
	devices, err := graph.Facets(ctx, kg.Query{}, "accessory_of")
	if err != nil {
		return nil, err
	}
	var entries []dst.Entry
	for _, device := range devices {
		id, _ := device.Value.ID()
		names, err := graph.Facts(ctx, id, "name@en", "name@zh", "alias")
		if err != nil {
			return nil, err
		}
		e := dst.Entry{Value: graph.Name(ctx, id, "en")}
		for _, name := range names {
			e.Aliases = append(e.Aliases, name.Object.String())
		}
		entries = append(entries, e)
	}
	accessories := strings.Join(w.all("accessory_types"), "|")
	return &fits{
		names:  dst.NewGazetteer(entries...),
		before: regexp.MustCompile(`(?i)(?:\b(?:for|fits?|fitting|on|compatible with|works? with)(?: (?:my|the|an?))? |适合|适配|兼容|支持|用于|给|能?配)\s*$`),
		after:  regexp.MustCompile(`^\s*(?:能用的|可以用的|用的|的)?\s*(?:配件|` + accessories + `)`),
	}, nil
}

// Find implements [dst.Type]. The mark is part of the mention, which so is
// longer than the bare name and wins.
func (f *fits) Find(t *dst.Text) []dst.Mention {
	var out []dst.Mention
	for _, m := range f.names.Find(t) {
		if mark := f.before.FindStringIndex(t.Raw[:m.Start]); mark != nil {
			m.Start = mark[0]
		} else if f.after.MatchString(t.Raw[m.End:]) {
			m.End += len(t.Raw[m.End:]) - len(strings.TrimPrefix(t.Raw[m.End:], "的"))
		} else {
			continue
		}
		out = append(out, m)
	}
	return out
}

// Parse implements [dst.Parser].
func (f *fits) Parse(value string, now time.Time) (string, bool) { return f.names.Parse(value, now) }
