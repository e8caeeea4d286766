package recommend

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// FakeTranscriber is a deterministic [Transcriber] that stands in for a model
// in tests: it gives the scripted answers in order and keeps what it was given.
// One whose script is used up returns an error. It is safe for concurrent use.
type FakeTranscriber struct {
	Script []FakeTranscript

	mu    sync.Mutex
	parts []Part
	hints []TranscribeHint
}

// A FakeTranscript is one scripted answer.
type FakeTranscript struct {
	Readings []Transcript
	Err      error
	Delay    time.Duration // before the answer; cut short when the context is done
}

// Hears is an answer of one sure reading.
func Hears(text string) FakeTranscript {
	return FakeTranscript{Readings: []Transcript{{Text: text, P: 1}}}
}

// Calls returns the recordings and hints so far, in order.
func (f *FakeTranscriber) Calls() ([]Part, []TranscribeHint) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.parts), slices.Clone(f.hints)
}

// Transcribe implements [Transcriber].
func (f *FakeTranscriber) Transcribe(ctx context.Context, p Part, hint TranscribeHint) ([]Transcript, error) {
	f.mu.Lock()
	n := len(f.parts)
	f.parts, f.hints = append(f.parts, p), append(f.hints, hint)
	f.mu.Unlock()
	if n >= len(f.Script) {
		return nil, fmt.Errorf("recommend: fake transcriber: recording %d, but the script has %d answers", n+1, len(f.Script))
	}
	if err := pause(ctx, f.Script[n].Delay); err != nil {
		return nil, err
	}
	return slices.Clone(f.Script[n].Readings), f.Script[n].Err
}

// FakeDescriber is a deterministic [Describer] that stands in for a model in
// tests: it gives the scripted answers in order and keeps what it was given.
// One whose script is used up returns an error. It is safe for concurrent use.
type FakeDescriber struct {
	Script []FakeDescription

	mu     sync.Mutex
	parts  []Part
	scenes []Scene
}

// A FakeDescription is one scripted answer.
type FakeDescription struct {
	Description
	Err   error
	Delay time.Duration // before the answer; cut short when the context is done
}

// Shows is an answer of one thing, by its name, with its probability.
func Shows(name string, p float64) FakeDescription {
	return FakeDescription{Description: Description{Caption: name, Entities: []Entity{{Name: name, P: p}}}}
}

// Calls returns the pictures and scenes so far, in order.
func (f *FakeDescriber) Calls() ([]Part, []Scene) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.parts), slices.Clone(f.scenes)
}

// Describe implements [Describer].
func (f *FakeDescriber) Describe(ctx context.Context, p Part, scene Scene) (Description, error) {
	f.mu.Lock()
	n := len(f.parts)
	f.parts, f.scenes = append(f.parts, p), append(f.scenes, scene)
	f.mu.Unlock()
	if n >= len(f.Script) {
		return Description{}, fmt.Errorf("recommend: fake describer: picture %d, but the script has %d answers", n+1, len(f.Script))
	}
	if err := pause(ctx, f.Script[n].Delay); err != nil {
		return Description{}, err
	}
	return f.Script[n].Description, f.Script[n].Err
}
