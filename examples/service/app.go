package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/slotgraph/slotgraph/dst/privacy"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/observe"
	"github.com/slotgraph/slotgraph/recommend/serve"
	"github.com/slotgraph/slotgraph/recommend/wrap"
)

// An app is the service with all that belongs to it.
type app struct {
	cfg      config
	log      *slog.Logger
	store    session.Store
	shop     *store.Shop
	manager  *session.Manager
	service  *serve.Service
	stopping atomic.Bool

	closers []func(context.Context) error // in the order in which things were opened
}

// newApp opens store and shop and joins them. What it opened is to be closed,
// also where there is an error.
func newApp(ctx context.Context, cfg config, log *slog.Logger, stdout io.Writer) (*app, error) {
	a := &app{cfg: cfg, log: log}
	observers := []recommend.Observer{observe.Log(log, nil)}
	if cfg.telemetry {
		watch, end, err := openTelemetry(stdout)
		if err != nil {
			return a, err
		}
		a.closers = append(a.closers, end)
		observers = append(observers, watch)
	}
	kept, closer, err := openStore(ctx, cfg.store, log)
	if err != nil {
		return a, fmt.Errorf("opening the store: %w", err)
	}
	a.store = kept
	a.closers = append(a.closers, func(context.Context) error { return closer.Close() })
	holders, err := a.openShop(ctx, observers)
	if err != nil {
		return a, fmt.Errorf("opening the shop: %w", err)
	}
	return a, a.join(holders)
}

// openShop makes the bot, and returns what it holds of people besides the store.
func (a *app) openShop(ctx context.Context, observers []recommend.Observer) ([]session.Holder, error) {
	var holders []session.Holder
	var err error
	a.shop, err = store.Open(ctx, a.cfg.files, func(c *recommend.Config) {
		c.Observer = recommend.Observers(observers...)
		if a.cfg.model == nil {
			return
		}
		// The allowance is what a conversation has left, in all processes; the budget
		// counts what turns have used that came to nothing, too.
		budget := wrap.NewBudget(a.cfg.model, wrap.BudgetOptions{Tokens: int(a.cfg.limits.Session.Tokens)})
		cache := wrap.NewCache(wrap.Allowance(budget), wrap.CacheOptions{})
		holders = append(holders, cache, budget)
		c.Generator = wrap.Redact(cache, privacy.New(privacy.Options{}))
	})
	if err == nil {
		a.closers = append(a.closers, func(context.Context) error { return a.shop.Graph.Close() })
	}
	return holders, err
}

// join makes manager and service.
func (a *app) join(holders []session.Holder) (err error) {
	a.manager, err = session.New(a.store, &session.Options{
		Schema:    a.shop.Agent.Schema(),
		Keys:      a.cfg.keys,
		Holders:   holders,
		Limits:    func(string) session.Limits { return a.cfg.limits },
		Lifetimes: session.Lifetimes{Session: 30 * 24 * time.Hour},
	})
	if err != nil {
		return err
	}
	opts := &serve.Options{Welcome: welcome}
	if a.cfg.keepText {
		opts.KeepText = privacy.New(privacy.Options{})
	}
	a.service, err = serve.New(a.shop.Agent, a.manager, opts)
	return err
}

// welcome tells customers who come back that not all is as it was.
func welcome(back serve.Back, lang string) string {
	switch {
	case back.Expired && lang == "zh":
		return "好久不见！之前的对话已经过期，我们重新开始。"
	case back.Expired:
		return "Good to see you again! Our earlier conversation has expired, so we start afresh."
	}
	return ""
}

// close closes all that was opened, the latest first.
func (a *app) close(ctx context.Context) error {
	var errs []error
	for i := range a.closers {
		errs = append(errs, a.closers[len(a.closers)-1-i](ctx))
	}
	return errors.Join(errs...)
}

// serveUntil serves until the context is done or ended is closed. Then it takes no
// more requests, waits for those in flight, and closes the store.
func serveUntil(ctx context.Context, cfg config, ended <-chan struct{}, log *slog.Logger, stdout io.Writer) (err error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	alive := context.WithoutCancel(ctx)
	a, err := newApp(ctx, cfg, log, stdout)
	defer func() {
		closing, cancel := context.WithTimeout(alive, 10*time.Second)
		defer cancel()
		err = errors.Join(err, a.close(closing))
	}()
	if err != nil {
		return err
	}
	if cfg.rekey {
		if err := a.rekey(ctx); err != nil {
			return err
		}
	}
	tidying, tidied := context.WithCancel(alive)
	swept := make(chan struct{})
	go func() { defer close(swept); a.sweep(tidying) }()
	defer func() { tidied(); <-swept }()
	return a.listen(ctx, ended, listener, stdout)
}

// listen answers requests until the context is done or ended is closed.
func (a *app) listen(ctx context.Context, ended <-chan struct{}, listener net.Listener, stdout io.Writer) error {
	turns, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	server := &http.Server{
		Handler:           a.handler(),
		ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout:      a.cfg.turn + 10*time.Second, // streams have their own
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		BaseContext:       func(net.Listener) context.Context { return turns },
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	a.log.Info("serving", "address", listener.Addr().String(), "tenants", len(a.cfg.tokens.of), "sealed", a.cfg.keys != nil)
	fmt.Fprintf(stdout, "http://%s/\n", listener.Addr())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	case <-ended:
	}
	a.stopping.Store(true)
	a.log.Info("stopping: waiting for turns in flight", "grace", a.cfg.grace)
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.cfg.grace)
	defer cancel()
	err := server.Shutdown(ending)
	if errors.Is(err, context.DeadlineExceeded) {
		a.log.Warn("turns in flight are given up: their messages may be sent again")
		giveUp()
		return errors.Join(errors.New("turns in flight were given up"), server.Close())
	}
	return err
}
