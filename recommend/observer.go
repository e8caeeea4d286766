package recommend

import (
	"context"
	"slices"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// An Observer watches turns as they happen: for logs, spans and metrics (see
// the packages observe and otel below this one), or to keep every turn for
// later. Begin is called as a stage begins. The context it returns is the one
// that the stage runs with, so that what a plug-in does lies within; nil is the
// one given. The function it returns, which may be nil, is called as the stage
// ends. Stages nest as [StageName] says, and those of one turn follow one
// another. Implementations are safe for concurrent use by several turns. A
// panic in one does not cost the turn. A turn that is not watched pays nothing.
// Observers are for logs, and get nothing that was understood to be sensitive,
// except within a picture or recording: see [dst.Slot].Sensitive.
type Observer interface {
	Begin(ctx context.Context, s Stage) (context.Context, func(Outcome))
}

// A Stage is a part of a turn that begins.
type Stage struct {
	Name StageName
	Part Part // of StageTranscribe and StageDescribe; its Data is not to be changed
}

// A StageName names a stage of a turn. The set is closed.
type StageName string

// The stages, in the order in which they come, each with what lies within.
// Those of Transcriber, Describer, Classifier and Generator are left out where
// they are not configured or not needed, and a stage may come several times.
const (
	StageTurn       StageName = "turn"       // all of it
	StagePerceive   StageName = "perceive"   // in turn: the parts of the message
	StageTranscribe StageName = "transcribe" // in perceive: a call of Transcriber
	StageDescribe   StageName = "describe"   // in perceive: a call of Describer
	StageUnderstand StageName = "understand" // in turn: what the message says
	StageClassify   StageName = "classify"   // in understand: a call of Classifier
	StageTrack      StageName = "track"      // in understand: the state
	StageDecide     StageName = "decide"     // in turn: what to say
	StageQuery      StageName = "query"      // in decide: a search of the graph for what to offer
	StageLookup     StageName = "lookup"     // in decide: a call for live data
	StageWord       StageName = "word"       // in turn: how to say it
	StageGenerate   StageName = "generate"   // in word: a call of Generator, and the check of what it streams
	StageGround     StageName = "ground"     // in word: the check of what was generated, or of the rest of it
)

// An Outcome is what became of a stage. What it points to is only to be read,
// and, but for the reply's own parts, not to be kept.
type Outcome struct {
	Err      error // of the stage; that of a plug-in does not end the turn
	Took     time.Duration
	Trace    *Trace    // of the turn so far: what the stage found is in it
	Response *Response // of StageGenerate: what the generator returned
	Reply    *Reply    // of StageTurn, where it has one: [Reply.Masked]
}

// Observers makes one observer of several, which are called in this order, and
// in the reverse as a stage ends. Those that are nil are left out.
func Observers(all ...Observer) Observer {
	return observers(slices.DeleteFunc(slices.Clone(all), func(o Observer) bool { return o == nil }))
}

type observers []Observer

func (all observers) Begin(ctx context.Context, s Stage) (context.Context, func(Outcome)) {
	ends := make([]func(Outcome), len(all))
	for i, o := range all {
		ctx, ends[i] = beginSafely(ctx, o, s)
	}
	return ctx, func(out Outcome) {
		for _, end := range slices.Backward(ends) {
			endSafely(end, out)
		}
	}
}

func beginSafely(ctx context.Context, o Observer, s Stage) (next context.Context, end func(Outcome)) {
	defer func() {
		if recover() != nil {
			next, end = ctx, nil
		}
	}()
	next, end = o.Begin(ctx, s)
	if next == nil {
		next = ctx
	}
	return next, end
}

func endSafely(end func(Outcome), out Outcome) {
	if end == nil {
		return
	}
	defer func() { _ = recover() }() // what an observer could not do is its own loss
	end(out)
}

// run is the whole turn.
func (t *turn) run(parts []Part) (Reply, dst.State, error) {
	st := t.begin(StageTurn)
	r, next, err := t.stages(parts)
	out := Outcome{Err: err}
	if err == nil && st.end != nil {
		watched := r.Masked() // r itself stays off the heap
		out.Reply = &watched
	}
	st.doneWith(t, out)
	r.Trace.Timings = t.trace.Timings
	return r, next, err
}

// stages does one after the other what the turn consists of.
func (t *turn) stages(parts []Part) (Reply, dst.State, error) {
	if err := t.perceive(parts); err != nil {
		return Reply{}, t.before, err
	}
	if t.unreadable() {
		r, err := t.finish()
		return r, t.before, err
	}
	st := t.begin(StageUnderstand)
	err := st.done(t, t.understand())
	if err != nil {
		return Reply{}, t.before, err
	}
	st = t.begin(StageDecide)
	if err := st.done(t, t.decide()); err != nil {
		return Reply{}, t.before, err
	}
	r, err := t.finish()
	if err != nil {
		return Reply{}, t.before, err
	}
	t.s.Lang = t.lang
	return r, t.s.Said(r.Acts...), nil
}

// tell completes the trace with what was said.
func (t *turn) tell(r Reply, text string) {
	t.trace.User, t.trace.Lang, t.trace.Text, t.trace.Acts, t.trace.Facts = t.text, t.lang, text, r.Acts, r.Facts
	t.trace.Steps = make([]StepKind, len(t.steps))
	for i, s := range t.steps {
		t.trace.Steps[i] = s.Kind
	}
}

// search is find as a stage, noted in the trace.
func (t *turn) search(sv *service, wishes []wish, skip map[string]bool) ([]ranked, kg.Query, error) {
	st := t.begin(StageQuery)
	hits, q, err := t.find(sv, wishes, skip)
	t.trace.Queries = append(t.trace.Queries, Queried{q, len(hits)})
	return hits, q, st.done(t, err)
}

// found notes how many things there are to the last query.
func (t *turn) found(total int) {
	if n := len(t.trace.Queries); n > 0 {
		t.trace.Queries[n-1].Hits = total
	}
}

// stage is a stage of a turn that is under way.
type stage struct {
	name   StageName
	start  time.Time
	before context.Context // of the turn, outside of the stage
	end    func(Outcome)
}

// begin begins a stage. It must be ended.
func (t *turn) begin(name StageName) stage { return t.beginWith(Stage{Name: name}) }

func (t *turn) beginWith(s Stage) stage {
	out := stage{name: s.Name, start: t.c.cfg.Now(), before: t.ctx}
	if t.c.cfg.Observer != nil {
		t.ctx, out.end = beginSafely(t.ctx, t.c.cfg.Observer, s)
	}
	return out
}

// done ends a stage and returns its error.
func (s stage) done(t *turn, err error) error {
	s.doneWith(t, Outcome{Err: err})
	return err
}

func (s stage) doneWith(t *turn, out Outcome) {
	out.Took = t.c.cfg.Now().Sub(s.start)
	if t.trace.Timings == nil {
		t.trace.Timings = make([]Timing, 0, 8)
	}
	t.trace.Timings = append(t.trace.Timings, Timing{s.name, out.Took})
	t.ctx = s.before
	if s.end != nil {
		public := t.publicTrace()
		out.Trace, out.Err = &public, t.maskError(out.Err)
		endSafely(s.end, out)
	}
}
