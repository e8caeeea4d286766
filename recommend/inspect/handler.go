package inspect

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"strings"

	"github.com/slotgraph/slotgraph/recommend"
)

//go:embed page
var embedded embed.FS

// A Handler serves the inspector of one agent, under any path: mount it with
// [http.StripPrefix]. It is safe for concurrent use; each page that is opened
// has a conversation of its own.
type Handler struct {
	agent   *recommend.Agent
	opt     Options
	mux     *http.ServeMux
	origins *http.CrossOriginProtection
	store   *store
}

// New makes the inspector of an agent. opts may be nil.
func New(agent *recommend.Agent, opts *Options) (*Handler, error) {
	if agent == nil {
		return nil, errors.New("inspect: the agent is nil; make one with recommend.New")
	}
	pages, err := fs.Sub(embedded, "page")
	if err != nil {
		return nil, fmt.Errorf("inspect: opening the page: %w", err)
	}
	h := &Handler{agent: agent, opt: opts.withDefaults(agent), mux: http.NewServeMux(), origins: http.NewCrossOriginProtection()}
	h.store = newStore(&h.opt)
	files := http.FileServerFS(pages)
	h.mux.Handle("GET /{$}", files)
	h.mux.Handle("GET /{file}", files)
	for pattern, f := range map[string]func(*http.Request) (any, error){
		"GET /api/about":                      h.about,
		"GET /api/graph":                      h.graph,
		"POST /api/sessions":                  h.open,
		"GET /api/sessions/{id}":              h.show,
		"DELETE /api/sessions/{id}":           h.drop,
		"POST /api/sessions/{id}/turns":       h.say,
		"POST /api/sessions/{id}/undo":        h.undo,
		"POST /api/sessions/{id}/branch":      h.branch,
		"POST /api/sessions/{id}/replay":      h.replay,
		"GET /api/sessions/{id}/session.json": h.exportJSON,
		"GET /api/sessions/{id}/talk.txt":     h.exportText,
		"GET /api/graph.html":                 h.graphPage,
	} {
		h.mux.Handle(pattern, answer(f))
	}
	return h, nil
}

// ServeHTTP implements [http.Handler].
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if why := h.refusal(r); why != "" {
		write(w, failure{http.StatusForbidden, why})
		return
	}
	if !strings.HasPrefix(r.URL.Path, "/") { // the slash was stripped with the prefix
		url := *r.URL
		url.Path, url.RawPath = "/"+url.Path, ""
		r = r.Clone(r.Context())
		r.URL = &url
	}
	r.Body = http.MaxBytesReader(w, r.Body, h.opt.MaxBody)
	h.mux.ServeHTTP(w, r)
}

// A failure is an error that the page shows.
type failure struct {
	Status int    `json:"-"`
	Text   string `json:"error"`
}

func (f failure) Error() string { return f.Text }

// A document is an answer that is no JSON.
type document struct {
	kind   string // of the content
	file   string // the name that it is saved under; "" shows it
	policy string // its own, "" for the page's
	text   []byte
}

// answer makes a handler of a function whose result is written as JSON.
func answer(f func(*http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out, err := f(r)
		var known failure
		var large *http.MaxBytesError
		switch {
		case r.Context().Err() != nil:
			return // nobody waits for it
		case errors.As(err, &large):
			out = failure{http.StatusRequestEntityTooLarge, fmt.Sprintf("the request is larger than %d bytes, see inspect.Options.MaxBody", large.Limit)}
		case errors.As(err, &known):
			out = known
		case err != nil:
			out = failure{http.StatusInternalServerError, err.Error()}
		}
		write(w, out)
	})
}

func write(w http.ResponseWriter, out any) {
	if d, ok := out.(document); ok {
		w.Header().Set("Content-Type", d.kind)
		if d.file != "" {
			w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.file}))
		}
		if d.policy != "" {
			w.Header().Set("Content-Security-Policy", d.policy)
		}
		_, _ = w.Write(d.text) // an error says that the reader has left
		return
	}
	status := http.StatusOK
	if f, ok := out.(failure); ok {
		status = f.Status
	}
	text, err := json.Marshal(out)
	if err != nil {
		status = http.StatusInternalServerError
		text, _ = json.Marshal(failure{Text: "writing the answer: " + err.Error()}) // a text can be written
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

// read takes the JSON of a request. A page of another site cannot send this
// type of content without being asked first.
func read(r *http.Request, to any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return failure{http.StatusUnsupportedMediaType, "the content is to be application/json"}
	}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return err
		}
		return failure{http.StatusBadRequest, "reading the request: " + err.Error()}
	}
	if d.More() {
		return failure{http.StatusBadRequest, "reading the request: something follows the JSON"}
	}
	return nil
}
