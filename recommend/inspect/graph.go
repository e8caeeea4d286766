package inspect

import (
	"bytes"
	"context"
	"net/http"

	"github.com/slotgraph/slotgraph/kg"
)

// Bounds of what is shown of the graph.
const (
	shownNeighbours = 4 // of each predicate and direction
	shownValues     = 8
	pictureFacts    = 2000
)

// A neighbourhood is what the graph says of a thing and what points to it.
type neighbourhood struct {
	ID        string     `json:"id"`
	Name      words      `json:"name"`
	Relations []relation `json:"relations"`
}

type relation struct {
	Predicate string     `json:"predicate"`
	Label     words      `json:"label"`
	Back      bool       `json:"back,omitempty"`
	Count     int        `json:"count"`
	Ends      []relative `json:"ends"` // the first ones
}

// A relative is a thing or a plain value at the other end of a fact.
type relative struct {
	ID     string `json:"id,omitempty"` // "" for a plain value
	Text   words  `json:"text"`
	Source string `json:"source,omitempty"`
}

// graph returns the neighbourhood of a thing.
func (h *Handler) graph(r *http.Request) (any, error) {
	ctx, id := r.Context(), r.FormValue("id")
	found, err := h.agent.Graph().Neighbours(ctx, id, &kg.NeighbourOptions{Limit: max(shownNeighbours, shownValues)})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, failure{http.StatusNotFound, "the graph knows nothing of this thing"}
	}
	out := neighbourhood{ID: id, Name: h.name(ctx, id), Relations: []relation{}}
	for _, x := range found {
		rel := relation{Predicate: x.Predicate, Label: h.label(x.Predicate), Back: x.Back, Count: x.Count}
		for _, f := range x.Facts {
			e := h.end(ctx, f, x.Back)
			if len(rel.Ends) < shownNeighbours || e.ID == "" && len(rel.Ends) < shownValues {
				rel.Ends = append(rel.Ends, e)
			}
		}
		out.Relations = append(out.Relations, rel)
	}
	return out, nil
}

func (h *Handler) end(ctx context.Context, f kg.Fact, back bool) relative {
	if back {
		return relative{f.Subject, h.name(ctx, f.Subject), f.Source}
	}
	id, _ := f.Object.ID()
	return relative{id, h.object(ctx, f), f.Source}
}

// graphPage draws the neighbourhood on a page of its own. The page brings its
// own policy along, and is a stranger to this one.
func (h *Handler) graphPage(r *http.Request) (any, error) {
	lang := "en"
	if r.FormValue("lang") == "zh" {
		lang = "zh"
	}
	ctx := r.Context()
	picture, err := h.agent.Graph().Picture(ctx, []string{r.FormValue("id")}, 1, &kg.PictureOptions{Incoming: shownNeighbours, Rim: true, Facts: pictureFacts, Lang: lang})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = picture.HTML(&b, &kg.PageOptions{Lang: lang,
		Label: func(predicate string) string { return h.agent.Label(predicate, lang) },
		Value: func(f kg.Fact) string { return h.agent.Object(ctx, f, lang) },
	})
	return document{kind: "text/html; charset=utf-8", policy: "sandbox allow-scripts; frame-ancestors 'none'", text: b.Bytes()}, err
}
