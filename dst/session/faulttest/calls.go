package faulttest

import (
	"context"
	"errors"
	"iter"

	"github.com/slotgraph/slotgraph/dst/session"
)

// errFault is the error of what fails in the tests.
var errFault = errors.New("a fault of the test")

// calls is a store with something around each call: around the queries of
// lists and logs, and around each thing that they yield.
type calls struct {
	session.Store
	around around
}

// around makes a call, or not, or fails after it.
type around func(ctx context.Context, c call, do func(context.Context) error) error

// call is a call of a store.
type call struct {
	what string // "load", "save", "delete", "log", "list", or "next" of the latter two
	key  session.Key
}

func (s calls) Load(ctx context.Context, key session.Key) (r session.Record, err error) {
	err = s.around(ctx, call{"load", key}, func(ctx context.Context) (err error) {
		r, err = s.Store.Load(ctx, key)
		return err
	})
	if err != nil {
		return session.Record{}, err
	}
	return r, nil
}

func (s calls) Save(ctx context.Context, c session.Change) error {
	return s.around(ctx, call{"save", c.Record.Key}, func(ctx context.Context) error { return s.Store.Save(ctx, c) })
}

func (s calls) Delete(ctx context.Context, key session.Key, version uint64) error {
	return s.around(ctx, call{"delete", key}, func(ctx context.Context) error { return s.Store.Delete(ctx, key, version) })
}

func (s calls) Log(ctx context.Context, key session.Key, from uint64) iter.Seq2[session.Entry, error] {
	return aroundAll(ctx, s.around, call{"log", key}, func(ctx context.Context) iter.Seq2[session.Entry, error] { return s.Store.Log(ctx, key, from) })
}

func (s calls) List(ctx context.Context, filter session.Filter) iter.Seq2[session.Record, error] {
	return aroundAll(ctx, s.around, call{what: "list"}, func(ctx context.Context) iter.Seq2[session.Record, error] { return s.Store.List(ctx, filter) })
}

func aroundAll[T any](ctx context.Context, around around, c call, all func(context.Context) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if err := around(ctx, c, func(context.Context) error { return nil }); err != nil {
			yield(none, err)
			return
		}
		for one, err := range all(ctx) {
			if err == nil {
				err = around(ctx, call{"next", c.key}, func(context.Context) error { return nil })
			}
			if err != nil {
				yield(none, err)
				return
			}
			if !yield(one, nil) {
				return
			}
		}
	}
}
