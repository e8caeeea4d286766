package kg

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"strings"
)

// Progress says how far a load has come.
type Progress struct {
	Rows  int   // rows read so far, bad ones included; statements of N-Quads
	Facts int   // facts that they gave
	Bytes int64 // bytes read so far
	Total int64 // bytes in all, 0 where the reader does not tell: files and readers in memory do
}

// WithProgress returns a context with which every load (JSON, CSV, N-Quads,
// rows) calls fn from time to time while it reads, and once when it has read
// all and begins to write. fn runs on the goroutine of the load, which waits
// for it; it may cancel the context.
func WithProgress(ctx context.Context, fn func(Progress)) context.Context {
	return context.WithValue(ctx, progressKey{}, fn)
}

type progressKey struct{}

// everyRows is the number of rows after which a load looks at its context and
// reports.
const everyRows = 256

// An input is the reader of a load: it ends with its context, counts bytes,
// and drops a byte order mark.
type input struct {
	*bufio.Reader
	ctx    context.Context
	from   io.Reader
	report func(Progress) // or nil
	now    Progress
}

func newInput(ctx context.Context, r io.Reader) *input {
	in := &input{ctx: ctx, from: r}
	in.report, _ = ctx.Value(progressKey{}).(func(Progress))
	in.now.Total = sizeOf(r)
	in.Reader = bufio.NewReaderSize((*inputSource)(in), 1<<16)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		in.Discard(3)
	}
	return in
}

// sizeOf returns how much there is to read, 0 where that is not known.
func sizeOf(r io.Reader) int64 {
	switch r := r.(type) {
	case *bytes.Reader:
		return int64(r.Len())
	case *bytes.Buffer:
		return int64(r.Len())
	case *strings.Reader:
		return int64(r.Len())
	case *os.File:
		info, err := r.Stat()
		at, serr := r.Seek(0, io.SeekCurrent)
		if err == nil && serr == nil && info.Mode().IsRegular() {
			return max(info.Size()-at, 0)
		}
	}
	return 0
}

// inputSource is what the buffer of an input reads from.
type inputSource input

func (s *inputSource) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.from.Read(p)
	s.now.Bytes += int64(n)
	return n, err
}

// all reads to the end.
func (in *input) all() ([]byte, error) {
	if n := in.now.Total; n > 0 {
		b := bytes.NewBuffer(make([]byte, 0, n+bytes.MinRead))
		_, err := b.ReadFrom(in)
		return b.Bytes(), err
	}
	return io.ReadAll(in)
}

// step counts a row and the facts so far. It returns the error of a context
// that ended.
func (in *input) step(facts int) error {
	in.now.Facts = facts
	if in.now.Rows++; in.now.Rows%everyRows != 0 {
		return nil
	}
	return in.tell()
}

// tell reports how far the load is.
func (in *input) tell() error {
	if err := in.ctx.Err(); err != nil {
		return err
	}
	if in.report != nil {
		in.report(in.now)
	}
	return in.ctx.Err()
}

// ReportProgress calls the function of [WithProgress], if there is one, for
// loads of formats of their own.
func ReportProgress(ctx context.Context, p Progress) {
	if fn, _ := ctx.Value(progressKey{}).(func(Progress)); fn != nil {
		fn(p)
	}
}
